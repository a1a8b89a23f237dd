/** A received datagram, or one to be sent, with its addresses: what netconns of type UDP and RAW exchange with programs. */
#ifndef LWIP_HDR_NETBUF_H
#define LWIP_HDR_NETBUF_H

#include "lwip/opt.h"

#if LWIP_NETCONN || LWIP_SOCKET

#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"
#include "lwip/ip6_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

/** toaddr and toport_chksum are where the datagram was sent to. */
#define NETBUF_FLAG_DESTADDR 0x01
/** toport_chksum is the sum over the octets to be sent. */
#define NETBUF_FLAG_CHKSUM 0x02

/** A netbuf owns the pbufs at p; ptr is the one netbuf_data() looks at. */
struct netbuf {
  struct pbuf *p, *ptr;
  ip_addr_t addr; /**< the other end: where it came from, or where it goes */
  u16_t port;     /**< host order */
#if LWIP_NETBUF_RECVINFO || LWIP_CHECKSUM_ON_COPY
  u8_t flags; /**< NETBUF_FLAG_* */
  u16_t toport_chksum;
#if LWIP_NETBUF_RECVINFO
  ip_addr_t toaddr;
  u8_t x_if_idx;     /**< with NETBUF_FLAG_DESTADDR: where it came in, */
  u8_t x_ttl, x_tos; /**< and of its IP header */
#endif
#endif
#if LWIP_X_SO_TIMESTAMP
  u32_t x_sec, x_usec; /**< when it came */
#endif
  struct netbuf *x_next; /**< internal: the next that waits in a netconn */
};

/** A netbuf without octets.  @return NULL: none free (MEMP_NUM_NETBUF) */
struct netbuf *netbuf_new(void);
/** Free @p buf and its octets; NULL is harmless.  Takes @p buf. */
void netbuf_delete(struct netbuf *buf);
/** Give @p buf room for @p size octets, instead of what it had.  @return where they are; NULL: no memory, and it has none */
void *netbuf_alloc(struct netbuf *buf, u16_t size);
/** Free the octets of @p buf, not @p buf. */
void netbuf_free(struct netbuf *buf);
/** Let @p buf refer to @p size octets at @p dataptr, instead of what it had: they are lent until it is freed and what was
 *  sent of it is on the wire.  @retval ERR_MEM no pbuf: it has none */
err_t netbuf_ref(struct netbuf *buf, const void *dataptr, u16_t size);
/** Append the octets of @p tail to those of @p head.  Takes @p tail. */
void netbuf_chain(struct netbuf *head, struct netbuf *tail);

/** The piece of @p buf that is looked at.  @retval ERR_BUF there are no octets */
err_t netbuf_data(struct netbuf *buf, void **dataptr, u16_t *len);
/** Look at the next piece.  @return -1: there is none; 1: it is the last; 0: more follow */
s8_t netbuf_next(struct netbuf *buf);
/** Look at the first piece again. */
void netbuf_first(struct netbuf *buf);

#define netbuf_copy_partial(buf, dataptr, len, offset) pbuf_copy_partial((buf)->p, (dataptr), (len), (offset))
#define netbuf_copy(buf, dataptr, len) netbuf_copy_partial(buf, dataptr, len, 0)
#define netbuf_take(buf, dataptr, len) pbuf_take((buf)->p, dataptr, len)
#define netbuf_len(buf) ((buf)->p->tot_len)
#define netbuf_fromaddr(buf) (&((buf)->addr))
#define netbuf_set_fromaddr(buf, fromaddr) ip_addr_set(&((buf)->addr), fromaddr)
#define netbuf_fromport(buf) ((buf)->port)
#if LWIP_NETBUF_RECVINFO
#define netbuf_destaddr(buf) (&((buf)->toaddr))
#define netbuf_set_destaddr(buf, destaddr) ip_addr_set(&((buf)->toaddr), destaddr)
#if LWIP_CHECKSUM_ON_COPY
#define netbuf_destport(buf) (((buf)->flags & NETBUF_FLAG_DESTADDR) ? (buf)->toport_chksum : 0)
#else
#define netbuf_destport(buf) ((buf)->toport_chksum)
#endif
#endif
#if LWIP_CHECKSUM_ON_COPY
#define netbuf_set_chksum(buf, chksum) \
  do {                                 \
    (buf)->flags = NETBUF_FLAG_CHKSUM; \
    (buf)->toport_chksum = chksum;     \
  } while (0)
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
