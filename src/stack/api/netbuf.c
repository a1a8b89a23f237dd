/** Netbufs: octets with addresses. */
#include "lwip/netbuf.h"

#if LWIP_NETCONN

#include "lwip/err.h"
#include "lwip/memp.h"
#include <string.h>

struct netbuf *netbuf_new(void)
{
  struct netbuf *buf = (struct netbuf *)memp_malloc(MEMP_NETBUF);

  if (buf != NULL) {
    memset(buf, 0, sizeof(*buf));
  }
  return buf;
}

void netbuf_delete(struct netbuf *buf)
{
  if (buf != NULL) {
    netbuf_free(buf);
    memp_free(MEMP_NETBUF, buf);
  }
}

void netbuf_free(struct netbuf *buf)
{
  if (buf == NULL) {
    return;
  }
  if (buf->p != NULL) {
    pbuf_free(buf->p);
  }
  buf->p = buf->ptr = NULL;
#if LWIP_CHECKSUM_ON_COPY
  buf->flags = 0;
  buf->toport_chksum = 0;
#endif
}

void *netbuf_alloc(struct netbuf *buf, u16_t size)
{
  if (buf == NULL) {
    return NULL;
  }
  netbuf_free(buf);
  buf->p = buf->ptr = pbuf_alloc(PBUF_TRANSPORT, size, PBUF_RAM);
  return buf->p != NULL ? buf->p->payload : NULL;
}

err_t netbuf_ref(struct netbuf *buf, const void *dataptr, u16_t size)
{
  if (buf == NULL) {
    return ERR_ARG;
  }
  netbuf_free(buf);
  buf->p = pbuf_alloc(PBUF_TRANSPORT, 0, PBUF_REF);
  if (buf->p == NULL) {
    return ERR_MEM;
  }
  ((struct pbuf_rom *)buf->p)->payload = dataptr;
  buf->p->len = buf->p->tot_len = size;
  buf->ptr = buf->p;
  return ERR_OK;
}

void netbuf_chain(struct netbuf *head, struct netbuf *tail)
{
  if (head == NULL || tail == NULL || tail->p == NULL) {
    netbuf_delete(tail);
    return;
  }
  if (head->p != NULL) {
    pbuf_cat(head->p, tail->p);
  } else {
    head->p = tail->p;
  }
  head->ptr = head->p;
  memp_free(MEMP_NETBUF, tail);
}

err_t netbuf_data(struct netbuf *buf, void **dataptr, u16_t *len)
{
  if (buf == NULL || dataptr == NULL || len == NULL) {
    return ERR_ARG;
  }
  if (buf->ptr == NULL) {
    return ERR_BUF;
  }
  *dataptr = buf->ptr->payload;
  *len = buf->ptr->len;
  return ERR_OK;
}

s8_t netbuf_next(struct netbuf *buf)
{
  if (buf == NULL || buf->ptr == NULL || buf->ptr->next == NULL) {
    return -1;
  }
  buf->ptr = buf->ptr->next;
  return buf->ptr->next == NULL;
}

void netbuf_first(struct netbuf *buf)
{
  if (buf != NULL) {
    buf->ptr = buf->p;
  }
}

#endif
