/** Error codes: what functions return and error callbacks are told. */
#ifndef LWIP_HDR_ERR_H
#define LWIP_HDR_ERR_H

#include "lwip/arch.h"
#include "lwip/opt.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  ERR_OK = 0,
  ERR_MEM = -1,        /**< no memory: try again later */
  ERR_BUF = -2,        /**< a buffer is too small */
  ERR_TIMEOUT = -3,    /**< nothing happened in time */
  ERR_RTE = -4,        /**< no route */
  ERR_INPROGRESS = -5, /**< begun, not finished; or another context is inside the stack */
  ERR_VAL = -6,        /**< a value out of range */
  ERR_WOULDBLOCK = -7, /**< it would have to wait */
  ERR_USE = -8,        /**< the address is taken */
  ERR_ALREADY = -9,    /**< already connecting */
  ERR_ISCONN = -10,    /**< already connected */
  ERR_CONN = -11,      /**< not connected */
  ERR_IF = -12,        /**< the interface's fault */
  ERR_ABRT = -13,      /**< connection aborted by this host */
  ERR_RST = -14,       /**< connection reset by the peer */
  ERR_CLSD = -15,      /**< connection closed by the peer */
  ERR_ARG = -16        /**< an argument makes no sense */
} err_enum_t;

#ifdef LWIP_ERR_T
typedef LWIP_ERR_T err_t;
#else
typedef s8_t err_t;
#endif

/** The error in words.  With LWIP_DEBUG only; "" otherwise. */
#ifdef LWIP_DEBUG
const char *lwip_strerr(err_t err);
#else
#define lwip_strerr(x) ""
#endif

/** The errno value that fits @p err best; 0 for ERR_OK, EIO for a value out of range. */
int err_to_errno(err_t err);

#ifdef __cplusplus
}
#endif
#endif
