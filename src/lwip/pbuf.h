/**
 * Packet buffers: a packet is a chain of pbufs, each of which describes a piece of memory.
 *
 * In every pbuf of a chain len is the piece's octets and tot_len the octets from here to the end of the chain, so that in
 * the last one the two are equal.  A pbuf is freed when its reference count comes to 0; a chain counts as one reference to
 * its second pbuf, and so on.
 *
 * Words: a function that takes a pbuf disposes of the caller's reference, one that lends only looks at it while it runs, one
 * that gives hands a reference over: free it.
 *
 * Context: allocating, freeing and referring from anywhere, interrupts included, where the port gives SYS_ARCH_PROTECT() or
 * is a bare Cortex-M; everything else is for whoever owns the pbuf.
 */
#ifndef LWIP_PBUF_H
#define LWIP_PBUF_H

#include "lwip/opt.h"
#include "lwip/arch.h"
#include "lwip/err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** 1: pbufs with a free function of their own. */
#ifndef LWIP_SUPPORT_CUSTOM_PBUF
#define LWIP_SUPPORT_CUSTOM_PBUF \
  ((IP_FRAG && !LWIP_NETIF_TX_SINGLE_PBUF) || (LWIP_IPV6 && LWIP_IPV6_FRAG) || (LWIP_TCP && LWIP_X_TCP_TSO))
#endif

/** Must the octets be copied before the pbuf is kept in a queue?  True for PBUF_REF: they belong to somebody else. */
#ifndef PBUF_NEEDS_COPY
#define PBUF_NEEDS_COPY(p) ((p)->type_internal & PBUF_TYPE_FLAG_DATA_VOLATILE)
#endif

/* Room for headers, octets. */
#define PBUF_TRANSPORT_HLEN 20
#if LWIP_IPV6
#define PBUF_IP_HLEN 40
#else
#define PBUF_IP_HLEN 20
#endif

/** Which headers will be put in front of the payload: pbuf_alloc() leaves room for them. */
typedef enum {
  PBUF_TRANSPORT = PBUF_LINK_ENCAPSULATION_HLEN + PBUF_LINK_HLEN + PBUF_IP_HLEN + PBUF_TRANSPORT_HLEN,
  PBUF_IP = PBUF_LINK_ENCAPSULATION_HLEN + PBUF_LINK_HLEN + PBUF_IP_HLEN,
  PBUF_LINK = PBUF_LINK_ENCAPSULATION_HLEN + PBUF_LINK_HLEN,
  PBUF_RAW_TX = PBUF_LINK_ENCAPSULATION_HLEN,
  PBUF_RAW = 0 /**< none: a packet that is received */
} pbuf_layer;

/* type_internal: flags, and in the lowest four bits where the memory came from. */
#define PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS \
  0x80                                    /**< the octets lie behind struct pbuf, so that headers can be put in front */
#define PBUF_TYPE_FLAG_DATA_VOLATILE 0x40 /**< the octets may change: PBUF_NEEDS_COPY() */
#define PBUF_TYPE_ALLOC_SRC_MASK 0x0F
#define PBUF_TYPE_ALLOC_SRC_MASK_STD_HEAP 0x00
#define PBUF_TYPE_ALLOC_SRC_MASK_STD_MEMP_PBUF 0x01
#define PBUF_TYPE_ALLOC_SRC_MASK_STD_MEMP_PBUF_POOL 0x02
#define PBUF_TYPE_ALLOC_SRC_MASK_APP_MIN 0x03 /**< from here on for programs' custom pbufs */
#define PBUF_TYPE_ALLOC_SRC_MASK_APP_MAX PBUF_TYPE_ALLOC_SRC_MASK
/* Only in pbuf_type: */
#define PBUF_ALLOC_FLAG_RX 0x0100
#define PBUF_ALLOC_FLAG_DATA_CONTIGUOUS 0x0200

/** Where a pbuf and its octets come from. */
typedef enum {
  /** Struct and octets in one block of the heap: for what is sent. */
  PBUF_RAM =
    (PBUF_ALLOC_FLAG_DATA_CONTIGUOUS | PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS | PBUF_TYPE_ALLOC_SRC_MASK_STD_HEAP),
  /** Only the struct; the octets are constant and may be referred to for ever. */
  PBUF_ROM = PBUF_TYPE_ALLOC_SRC_MASK_STD_MEMP_PBUF,
  /** Only the struct; the octets are the caller's and may change once the call is over. */
  PBUF_REF = (PBUF_TYPE_FLAG_DATA_VOLATILE | PBUF_TYPE_ALLOC_SRC_MASK_STD_MEMP_PBUF),
  /** A chain of elements of PBUF_POOL_BUFSIZE octets: for what is received.  Available in interrupts, never fragmented. */
  PBUF_POOL = (PBUF_ALLOC_FLAG_RX | PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS | PBUF_TYPE_ALLOC_SRC_MASK_STD_MEMP_PBUF_POOL)
} pbuf_type;

/* flags */
#define PBUF_FLAG_PUSH 0x01U      /**< TCP: hand this to the program at once */
#define PBUF_FLAG_IS_CUSTOM 0x02U /**< a struct pbuf_custom */
#define PBUF_FLAG_MCASTLOOP 0x04U /**< sent to a group whose member this host is: loop a copy back */
#define PBUF_FLAG_LLBCAST 0x08U   /**< came in a link-layer broadcast frame */
#define PBUF_FLAG_LLMCAST 0x10U   /**< came in a link-layer multicast frame */
#define PBUF_FLAG_TCP_FIN 0x20U   /**< TCP: the FIN follows this text */
#define PBUF_FLAG_X_LOOPED 0x40U  /**< ours: sent by this host to itself, never on a wire */
#define PBUF_FLAG_X_CHECKED 0x80U /**< ours: received, and the hardware found the IP and transport checksums right */

struct pbuf {
  struct pbuf *next;   /**< the rest of the chain */
  void *payload;       /**< octets of this piece */
  u16_t tot_len;       /**< octets of this piece and of all that follow */
  u16_t len;           /**< octets of this piece */
  u8_t type_internal;  /**< PBUF_TYPE_* */
  u8_t flags;          /**< PBUF_FLAG_* */
  LWIP_PBUF_REF_T ref; /**< references; 0: not allocated */
  u8_t if_idx;         /**< received packets: netif_get_index() of the interface it came in by */
#if LWIP_X_TCP_TSO
  u16_t
    x_seg_len; /**< to be sent as several segments with that many octets of text each (lwip/x_netif.h); 0: as it is */
#endif
#if LWIP_X_VLAN_OFFLOAD
  s32_t x_tci; /**< the 802.1Q tag that is not in the frame (lwip/x_netif.h), in host order; negative: none */
#endif
  LWIP_PBUF_CUSTOM_DATA
};

/** The first two members of struct pbuf, for constant payload. */
struct pbuf_rom {
  struct pbuf *next;
  const void *payload;
};

/** With LWIP_PBUF_CUSTOM_DATA: what pbuf_alloc() does to the program's members. */
#ifndef LWIP_PBUF_CUSTOM_DATA_INIT
#define LWIP_PBUF_CUSTOM_DATA_INIT(p)
#endif

#if LWIP_SUPPORT_CUSTOM_PBUF
/** Takes @p p, whose last reference is gone. */
typedef void (*pbuf_free_custom_fn)(struct pbuf *p);

/** A pbuf in memory of the program: initialise it with pbuf_alloced_custom(). */
struct pbuf_custom {
  struct pbuf pbuf;
  pbuf_free_custom_fn custom_free_function;
};
#endif

/** 1: when PBUF_POOL runs dry, give up what TCP keeps out of order. */
#ifndef PBUF_POOL_FREE_OOSEQ
#define PBUF_POOL_FREE_OOSEQ 1
#endif
#if LWIP_TCP && TCP_QUEUE_OOSEQ && NO_SYS && PBUF_POOL_FREE_OOSEQ
/** PBUF_POOL has run dry since the last look. */
extern volatile u8_t pbuf_free_ooseq_pending;
/** Give up what TCP keeps out of order.  Context: core thread. */
void pbuf_free_ooseq(void);
/** For programs without sys_check_timeouts(), which does it: call it now and then from the main loop. */
#define PBUF_CHECK_FREE_OOSEQ()    \
  do {                             \
    if (pbuf_free_ooseq_pending) { \
      pbuf_free_ooseq();           \
    }                              \
  } while (0)
#else
#define PBUF_CHECK_FREE_OOSEQ()
#endif

/** Nothing has to be prepared. */
#define pbuf_init()

/* A function that gives a pbuf: whoever throws the result away has a leak.  With LWIP_X_ANALYZE (for gcc -fanalyzer) the compiler
   also follows it to pbuf_free(); it knows nothing of pbuf_ref(), hence not by default. */
#ifndef LWIP_X_GIVES_PBUF
#if defined(LWIP_X_ANALYZE) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11
#define LWIP_X_GIVES_PBUF __attribute__((malloc(pbuf_free, 1), warn_unused_result))
#elif defined(__GNUC__)
#define LWIP_X_GIVES_PBUF __attribute__((warn_unused_result))
#else
#define LWIP_X_GIVES_PBUF
#endif
#endif

/**
 * Dispose of one reference; if it was the last, free the pbuf and go on with the next of the chain.
 * Takes @p p (NULL is allowed).  A pbuf that is free already is left alone and counted.
 * @return how many pbufs were freed: 0 if somebody else still refers to @p p
 */
u8_t pbuf_free(struct pbuf *p);

/**
 * Give a packet of @p length octets, contents undefined, with room in front of them for the headers of @p l.
 * PBUF_ROM and PBUF_REF have no octets: set payload (or use pbuf_alloc_reference()).
 * @return NULL: no memory, or too long
 */
struct pbuf *pbuf_alloc(pbuf_layer l, u16_t length, pbuf_type type) LWIP_X_GIVES_PBUF;

/** Give a PBUF_ROM or PBUF_REF that describes the @p length octets at @p payload, which are lent. */
struct pbuf *pbuf_alloc_reference(void *payload, u16_t length, pbuf_type type) LWIP_X_GIVES_PBUF;

#if LWIP_SUPPORT_CUSTOM_PBUF
/**
 * Initialise @p p, whose custom_free_function is set, as one pbuf over @p payload_mem_len octets at @p payload_mem: room for
 * the headers of @p l, then @p length octets.  @p payload_mem may be NULL: set payload later.
 * @return the pbuf in @p p; NULL: it does not fit
 */
struct pbuf *pbuf_alloced_custom(pbuf_layer l, u16_t length, pbuf_type type, struct pbuf_custom *p, void *payload_mem,
                                 u16_t payload_mem_len);
#endif

/** Cut the packet to its first @p size octets; what is not needed is freed (a PBUF_RAM gives its tail back to the heap). */
void pbuf_realloc(struct pbuf *p, u16_t size);

#define pbuf_get_allocsrc(p) ((p)->type_internal & PBUF_TYPE_ALLOC_SRC_MASK)
#define pbuf_match_allocsrc(p, type) (pbuf_get_allocsrc(p) == ((type)&PBUF_TYPE_ALLOC_SRC_MASK))
#define pbuf_match_type(p, type) pbuf_match_allocsrc(p, type)

/*
 * Move the start of the payload of the first pbuf: 0 done, 1 impossible and nothing changed.
 * Adding is possible only where the room is known to be (PBUF_RAM, PBUF_POOL); the _force forms believe the caller.
 * Removing works on all types, by no more than len.
 */
u8_t pbuf_add_header(struct pbuf *p, size_t header_size_increment);
u8_t pbuf_add_header_force(struct pbuf *p, size_t header_size_increment);
u8_t pbuf_remove_header(struct pbuf *p, size_t header_size);
/** Positive: pbuf_add_header(), negative: pbuf_remove_header(). */
u8_t pbuf_header(struct pbuf *p, s16_t header_size);
u8_t pbuf_header_force(struct pbuf *p, s16_t header_size);

/** Remove @p size octets at the front, over as many pbufs as it takes; those left empty are freed.  Takes @p q. @return the rest, or NULL */
struct pbuf *pbuf_free_header(struct pbuf *q, u16_t size);

/** One more reference. */
void pbuf_ref(struct pbuf *p);

/** How many pbufs the chain has. */
u16_t pbuf_clen(const struct pbuf *p);

/** Append @p tail, which is taken, to @p head. */
void pbuf_cat(struct pbuf *head, struct pbuf *tail);

/** Append @p tail to @p head and leave the caller a reference to @p tail. */
void pbuf_chain(struct pbuf *head, struct pbuf *tail);

/** Cut @p p off the chain behind it and dispose of its reference to that.  @return the rest, if somebody else still holds it, or NULL */
struct pbuf *pbuf_dechain(struct pbuf *p);

/** Copy all of @p p_from over the first octets of @p p_to.  @retval ERR_ARG NULL, or @p p_to is too short */
err_t pbuf_copy(struct pbuf *p_to, const struct pbuf *p_from);

/** Copy the first @p copy_len octets of @p p_from to @p offset in @p p_to.  @retval ERR_ARG either is too short */
err_t pbuf_copy_partial_pbuf(struct pbuf *p_to, const struct pbuf *p_from, u16_t copy_len, u16_t offset);

/** Copy up to @p len octets from @p offset on to @p dataptr.  @return octets copied */
u16_t pbuf_copy_partial(const struct pbuf *p, void *dataptr, u16_t len, u16_t offset);

/**
 * The @p len octets at @p offset in one piece: in the packet itself if they lie so, otherwise copied to @p buffer.
 * @return NULL: the packet or @p bufsize is too short, or a copy is needed and @p buffer is NULL
 */
void *pbuf_get_contiguous(const struct pbuf *p, void *buffer, size_t bufsize, u16_t len, u16_t offset);

/** Write @p len octets over the first of the packet.  @retval ERR_ARG NULL  @retval ERR_MEM the packet is too short */
err_t pbuf_take(struct pbuf *buf, const void *dataptr, u16_t len);

/** The same from @p offset on. */
err_t pbuf_take_at(struct pbuf *buf, const void *dataptr, u16_t len, u16_t offset);

/** Which pbuf holds the octet at @p in_offset, and (unless NULL) where in it.  @return NULL: the packet is shorter */
struct pbuf *pbuf_skip(struct pbuf *in, u16_t in_offset, u16_t *out_offset);

/** Make one PBUF_RAM of a chain.  Takes @p p. @return the new packet; @p p itself if it is one piece or memory is short */
struct pbuf *pbuf_coalesce(struct pbuf *p, pbuf_layer layer);

/** Give a copy of @p p of type @p type. @return NULL: no memory */
struct pbuf *pbuf_clone(pbuf_layer l, pbuf_type type, struct pbuf *p) LWIP_X_GIVES_PBUF;

#if LWIP_CHECKSUM_ON_COPY
/** Write @p len octets to @p start_offset in the first pbuf and add their sum to @p chksum.  @retval ERR_ARG it is too short */
err_t pbuf_fill_chksum(struct pbuf *p, u16_t start_offset, const void *dataptr, u16_t len, u16_t *chksum);
#endif

#if LWIP_TCP && TCP_QUEUE_OOSEQ && LWIP_WND_SCALE
/** Cut a chain of more than 65535 octets in two: @p p keeps as many whole pbufs as fit, @p rest gets the others (or NULL). */
void pbuf_split_64k(struct pbuf *p, struct pbuf **rest);
#endif

/** The octet at @p offset; 0 if the packet is shorter. */
u8_t pbuf_get_at(const struct pbuf *p, u16_t offset);

/** The octet at @p offset; -1 if the packet is shorter. */
int pbuf_try_get_at(const struct pbuf *p, u16_t offset);

/** Write the octet at @p offset; nothing if the packet is shorter. */
void pbuf_put_at(struct pbuf *p, u16_t offset, u8_t data);

/** Compare @p n octets at @p offset.  @return 0: equal; 1 + where they differ first; 0xffff: the packet is shorter */
u16_t pbuf_memcmp(const struct pbuf *p, u16_t offset, const void *s2, u16_t n);

/** Find @p mem_len octets, at @p start_offset at the earliest.  @return where; 0xffff: nowhere */
u16_t pbuf_memfind(const struct pbuf *p, const void *mem, u16_t mem_len, u16_t start_offset);

/** Find a text.  @return where; 0xffff: nowhere, or the text is empty or of 65535 characters and more */
u16_t pbuf_strstr(const struct pbuf *p, const char *substr);

#ifdef __cplusplus
}
#endif
#endif
