/**
 * Control packets: from the heap as long as it lasts, then from a reserve of a few small buffers.  They are PBUF_RAM to
 * everybody; pbuf_free() knows them by a flag.
 */
#include "pbuf_ctrl.h"
#include "pbuf_make.h"
#include "lwip/sys.h"

#if LWIP_X_CTRL_RESERVE > 0

#define ROOM (LWIP_MEM_ALIGN_SIZE((size_t)PBUF_IP) + LWIP_X_CTRL_SIZE)
#define ELEMENT LWIP_MEM_ALIGN_SIZE(PBUF_STRUCT_SIZE + ROOM)

static LWIP_DECLARE_MEMORY_ALIGNED(reserve, LWIP_X_CTRL_RESERVE *ELEMENT);

/** An element whose reference count is 0 is free: so they begin, and so pbuf_free() leaves them. */
static struct pbuf *take(void)
{
  u8_t *at = (u8_t *)LWIP_MEM_ALIGN(reserve);
  struct pbuf *found = NULL;
  unsigned i;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  for (i = 0; i < LWIP_X_CTRL_RESERVE && found == NULL; i++) {
    struct pbuf *p = (struct pbuf *)(void *)(at + i * ELEMENT);

    if (p->ref == 0) {
      p->ref = 1;
      found = p;
    }
  }
  SYS_ARCH_UNPROTECT(lev);
  return found;
}

static struct pbuf *alloc_reserve(pbuf_layer layer, u16_t len)
{
  size_t room = LWIP_MEM_ALIGN_SIZE((size_t)layer);
  struct pbuf *p = room + len <= ROOM ? take() : NULL;

  if (p != NULL) {
    pbuf_make(p, (u8_t *)p + PBUF_STRUCT_SIZE + room, len, len, PBUF_RAM);
    p->flags = PBUF_FLAG_X_RESERVE;
  }
  return p;
}

#else

static inline struct pbuf *alloc_reserve(pbuf_layer layer, u16_t len)
{
  LWIP_UNUSED_ARG(layer);
  LWIP_UNUSED_ARG(len);
  return NULL;
}

#endif

struct pbuf *pbuf_alloc_ctrl(pbuf_layer layer, u16_t len)
{
  struct pbuf *p = pbuf_alloc(layer, len, PBUF_RAM);

  return p != NULL ? p : alloc_reserve(layer, len);
}
