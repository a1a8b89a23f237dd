/**
 * One pbuf: where it comes from, references, where its payload begins.  Chains are pbuf_queue.c, octets pbuf_copy.c.
 */
#include "lwip/pbuf.h"
#include "drop.h"
#include "pbuf_make.h"
#include "lwip/def.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include <stdbool.h>

LWIP_MEMPOOL_PROTOTYPE(PBUF_POOL);

#define POOL_ROOM LWIP_MEM_ALIGN_SIZE(PBUF_POOL_BUFSIZE)

#if LWIP_TCP && TCP_QUEUE_OOSEQ && NO_SYS && PBUF_POOL_FREE_OOSEQ

volatile u8_t pbuf_free_ooseq_pending;

static void pool_ran_dry(void)
{
  pbuf_free_ooseq_pending = 1;
}

#else

static inline void pool_ran_dry(void)
{
}

#endif

/** One element of PBUF_POOL, @p room octets into it, for a packet that goes on for @p left octets. */
static struct pbuf *alloc_element(size_t room, u16_t left)
{
  struct pbuf *p = (struct pbuf *)memp_malloc_pool(&memp_PBUF_POOL);

  if (p == NULL) {
    pool_ran_dry();
    return NULL;
  }
  pbuf_make(p, (u8_t *)p + PBUF_STRUCT_SIZE + room, left, (u16_t)LWIP_MIN(left, POOL_ROOM - room), PBUF_POOL);
  return p;
}

/** A chain of as many elements as it takes; only the first has room for headers. */
static struct pbuf *alloc_pool(size_t room, u16_t length)
{
  struct pbuf *head = alloc_element(room, length), *p = head;

  while (p != NULL && p->len < p->tot_len) {
    p->next = alloc_element(0, (u16_t)(p->tot_len - p->len));
    if (p->next == NULL) {
      pbuf_free(head);
      return NULL;
    }
    p = p->next;
  }
  return head;
}

static struct pbuf *alloc_ram(size_t room, u16_t length)
{
  size_t size = PBUF_STRUCT_SIZE + room + LWIP_MEM_ALIGN_SIZE((size_t)length);
  struct pbuf *p;

  if ((mem_size_t)size != size) {
    return NULL;
  }
  p = (struct pbuf *)mem_malloc((mem_size_t)size);
  if (p != NULL) {
    pbuf_make(p, (u8_t *)p + PBUF_STRUCT_SIZE + room, length, length, PBUF_RAM);
  }
  return p;
}

struct pbuf *pbuf_alloc(pbuf_layer l, u16_t length, pbuf_type type)
{
  size_t room = LWIP_MEM_ALIGN_SIZE((size_t)l);

  switch (type) {
    case PBUF_RAM:
      return alloc_ram(room, length);
    case PBUF_POOL:
      return alloc_pool(room, length);
    case PBUF_ROM:
    case PBUF_REF:
      return pbuf_alloc_reference(NULL, length, type);
    default:
      LWIP_ASSERT("pbuf_alloc: no such type", false);
      return NULL;
  }
}

struct pbuf *pbuf_alloc_reference(void *payload, u16_t length, pbuf_type type)
{
  struct pbuf *p = (struct pbuf *)memp_malloc(MEMP_PBUF);

  if (p != NULL) {
    pbuf_make(p, payload, length, length, type);
  }
  return p;
}

#if LWIP_SUPPORT_CUSTOM_PBUF

struct pbuf *pbuf_alloced_custom(pbuf_layer l, u16_t length, pbuf_type type, struct pbuf_custom *p, void *payload_mem,
                                 u16_t payload_mem_len)
{
  size_t room = LWIP_MEM_ALIGN_SIZE((size_t)l);

  if (room + length > payload_mem_len) {
    return NULL;
  }
  pbuf_make(&p->pbuf, payload_mem != NULL ? (u8_t *)payload_mem + room : NULL, length, length, type);
  p->pbuf.flags = PBUF_FLAG_IS_CUSTOM;
  return &p->pbuf;
}

static void free_custom(struct pbuf *p)
{
  LWIP_ASSERT("pbuf_custom: custom_free_function is missing", ((struct pbuf_custom *)p)->custom_free_function != NULL);
  ((struct pbuf_custom *)p)->custom_free_function(p);
}

#else

static inline void free_custom(struct pbuf *p)
{
  LWIP_UNUSED_ARG(p);
}

#endif

static void free_memory(struct pbuf *p)
{
  if ((p->flags & PBUF_FLAG_IS_CUSTOM) != 0) {
    free_custom(p);
  } else if (pbuf_match_type(p, PBUF_POOL)) {
    memp_free(MEMP_PBUF_POOL, p);
  } else if (pbuf_match_type(p, PBUF_RAM)) {
    mem_free(p);
  } else {
    memp_free(MEMP_PBUF, p);
  }
}

/* Whoever has a reference looks whether it is the last while others give theirs back: in one piece, of whatever order. */
#if defined(__GNUC__) || defined(__clang__)
#define REF_GET(p) __atomic_load_n(&(p)->ref, __ATOMIC_RELAXED)
#define REF_SET(p, n) __atomic_store_n(&(p)->ref, n, __ATOMIC_RELAXED)
#else
#define REF_GET(p) ((p)->ref)
#define REF_SET(p, n) ((p)->ref = (n))
#endif

/** One reference less.  @return what is left, or -1: it was free already */
static int release(struct pbuf *p)
{
  int left;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  left = (int)REF_GET(p) - 1;
  if (left >= 0) {
    REF_SET(p, (LWIP_PBUF_REF_T)left);
  }
  SYS_ARCH_UNPROTECT(lev);
  return left;
}

/* Whatever the memory goes back to, it leaves the reference count at 0 until somebody takes it: a second free is seen. */
u8_t pbuf_free(struct pbuf *p)
{
  u8_t count = 0;

  while (p != NULL) {
    struct pbuf *next = p->next;
    int left = 0;

    if (REF_GET(p) == 1) {
      REF_SET(p, 0); /* nobody else has it: no lock */
    } else {
      left = release(p);
    }
    if (left != 0) {
      if (left < 0) {
        drop_count(DROP_DOUBLE_FREE);
      }
      break;
    }
    free_memory(p);
    count++;
    p = next;
  }
  return count;
}

void pbuf_ref(struct pbuf *p)
{
  if (p != NULL) {
    SYS_ARCH_LOCKED(REF_SET(p, (LWIP_PBUF_REF_T)(p->ref + 1)));
    LWIP_ASSERT("pbuf_ref: too many references", p->ref > 0);
  }
}

/** May @p n octets in front of the payload be written?  Where the room is not known, @p force says yes. */
static bool has_room(const struct pbuf *p, size_t n, bool force)
{
  if ((p->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS) != 0) {
    return n <= (mem_ptr_t)p->payload - ((mem_ptr_t)p + PBUF_STRUCT_SIZE);
  }
  return force || n == 0;
}

static u8_t add_header(struct pbuf *p, size_t n, bool force)
{
  if (p == NULL || n > 0xFFFFu - p->tot_len || !has_room(p, n, force)) {
    return 1;
  }
  p->payload = (u8_t *)p->payload - n;
  p->len = (u16_t)(p->len + n);
  p->tot_len = (u16_t)(p->tot_len + n);
  return 0;
}

u8_t pbuf_add_header(struct pbuf *p, size_t header_size_increment)
{
  return add_header(p, header_size_increment, false);
}

u8_t pbuf_add_header_force(struct pbuf *p, size_t header_size_increment)
{
  return add_header(p, header_size_increment, true);
}

u8_t pbuf_remove_header(struct pbuf *p, size_t header_size)
{
  if (p == NULL || header_size > p->len) {
    return 1;
  }
  p->payload = (u8_t *)p->payload + header_size;
  p->len = (u16_t)(p->len - header_size);
  p->tot_len = (u16_t)(p->tot_len - header_size);
  return 0;
}

static u8_t move_header(struct pbuf *p, s16_t n, bool force)
{
  return n < 0 ? pbuf_remove_header(p, (size_t)-n) : add_header(p, (size_t)n, force);
}

u8_t pbuf_header(struct pbuf *p, s16_t header_size)
{
  return move_header(p, header_size, false);
}

u8_t pbuf_header_force(struct pbuf *p, s16_t header_size)
{
  return move_header(p, header_size, true);
}

/** Give the heap back what lies behind the octets of @p p. */
static void trim(struct pbuf *p)
{
  if (pbuf_match_allocsrc(p, PBUF_RAM) && (p->flags & PBUF_FLAG_IS_CUSTOM) == 0) {
    mem_trim(p, (mem_size_t)((mem_ptr_t)p->payload - (mem_ptr_t)p + p->len));
  }
}

void pbuf_realloc(struct pbuf *p, u16_t size)
{
  u16_t cut;

  if (p == NULL || size >= p->tot_len) {
    return;
  }
  cut = (u16_t)(p->tot_len - size);
  while (size > p->len) {
    size = (u16_t)(size - p->len);
    p->tot_len = (u16_t)(p->tot_len - cut);
    p = p->next;
  }
  if (size < p->len) {
    p->len = size;
    trim(p);
  }
  p->tot_len = size;
  pbuf_free(p->next);
  p->next = NULL;
}
