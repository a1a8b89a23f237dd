/** AutoIP: states and the constants of RFC 3927 section 9 (times in seconds). */
#ifndef LWIP_HDR_PROT_AUTOIP_H
#define LWIP_HDR_PROT_AUTOIP_H

#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Addresses, in host order */
#define AUTOIP_NET 0xA9FE0000                    /**< 169.254.0.0 */
#define AUTOIP_RANGE_START (AUTOIP_NET | 0x0100) /**< first usable address */
#define AUTOIP_RANGE_END (AUTOIP_NET | 0xFEFF)   /**< last usable address */

#define PROBE_WAIT 1           /**< before the first probe, at most */
#define PROBE_MIN 1            /**< between probes, at least */
#define PROBE_MAX 2            /**< and at most */
#define PROBE_NUM 3            /**< probes */
#define MAX_CONFLICTS 10       /**< after that many, slowly */
#define RATE_LIMIT_INTERVAL 60 /**< between tries then */
#define ANNOUNCE_WAIT 2        /**< before the first announcement */
#define ANNOUNCE_NUM 2         /**< announcements */
#define ANNOUNCE_INTERVAL 2    /**< between them */
#define DEFEND_INTERVAL 10     /**< between defences */

/** Where it stands. */
typedef enum {
  AUTOIP_STATE_OFF = 0,
  AUTOIP_STATE_PROBING = 1,
  AUTOIP_STATE_ANNOUNCING = 2,
  AUTOIP_STATE_BOUND = 3
} autoip_state_enum_t;

#ifdef __cplusplus
}
#endif
#endif
