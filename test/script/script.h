/** The wire-script runner: packets in, packets out, calls, virtual time (README.md has the language). */
#ifndef TEST_SCRIPT_SCRIPT_H
#define TEST_SCRIPT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_MAX = 1600, WORDS_MAX = 64, OPTS_MAX = 40 };

/* ------------------------------------------------------------------ a line of a script, in words */

struct line {
  const char *file;
  int number;
  char text[512];
  char *word[WORDS_MAX];
  int n, at; /**< words; the next one to read */
};

/** Gives the next word, or NULL at the end. */
const char *line_next(struct line *l);
/** Is the next word @p w?  Then it is read. */
bool line_take(struct line *l, const char *w);
/** The next word as a number; ends the test if it is none. */
uint32_t line_number(struct line *l);
/** The next word as an IPv4 address, host order. */
uint32_t line_address(struct line *l);
/** The next word as an IPv6 address. */
void line_address6(struct line *l, uint8_t to[16]);
/** Seconds, as in "0.25", in microseconds. */
uint64_t seconds_us(const char *text);

/** End the test: @p fmt says what was expected and what came. */
void fail(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** The line being run, for messages. */
extern struct line *current;
extern bool verbose;

/* ------------------------------------------------------------------ a packet, as a line says it or a frame shows it */

enum packet_kind { PK_TCP, PK_UDP, PK_ICMP, PK_ARP, PK_DHCP, PK_IGMP, PK_DNS, PK_ND, PK_MLD, PK_OTHER };

/** Which fields a line names: only these are compared. */
enum {
  HAS_SEQ = 1 << 0,
  HAS_ACK = 1 << 1,
  HAS_WIN = 1 << 2,
  HAS_LEN = 1 << 3,
  HAS_URG = 1 << 4,
  HAS_SRC = 1 << 5,
  HAS_DST = 1 << 6,
  HAS_TTL = 1 << 7,
  HAS_MSS = 1 << 8,
  HAS_WSCALE = 1 << 9,
  HAS_SACKOK = 1 << 10,
  HAS_TS = 1 << 11,
  HAS_SACK = 1 << 12,
  HAS_ECR = 1 << 13,
  HAS_ID = 1 << 14,
  HAS_FRAG = 1 << 15,
  HAS_MTU = 1 << 16,
  HAS_CODE = 1 << 17,
  HAS_YIADDR = 1 << 18,
  HAS_CIADDR = 1 << 19,
  HAS_REQUESTED = 1 << 20,
  HAS_SERVER = 1 << 21,
  HAS_PORTS = 1 << 22,
  HAS_MAC = 1 << 23,
  HAS_NOOPTS = 1 << 24,
  HAS_DF = 1 << 25,
  HAS_TOS = 1 << 26,
  HAS_SUM0 = 1 << 27,
  HAS_COOKIE = 1 << 28,
  HAS_NOCOOKIE = 1 << 29
};

struct packet {
  enum packet_kind kind;
  uint32_t has;
  uint32_t src, dst; /**< IPv4, host order */
  uint8_t ttl, tos, proto;
  bool df, broadcast; /**< broadcast: to the Ethernet broadcast address */
  uint16_t ip_id;
  uint16_t frag_off; /**< octets */
  bool frag_more;
  uint16_t sport, dport;
  uint8_t flags; /**< TCP */
  uint32_t seq, ack, ts, ecr;
  uint16_t win, urg, mss, mtu;
  uint8_t wscale, n_sack;
  uint8_t cookie_len, cookie[16]; /**< Fast Open, as on the wire; ... */
  bool cookie_ours, cookie_wrong; /**< ... of the last one the stack made; spoilt */
  uint32_t sack[4][2];
  uint32_t len;       /**< octets of text, of a datagram's payload, of echo data */
  uint8_t type, code; /**< ICMP; ARP: operation; DHCP: message type; IGMP: type */
  uint16_t id, no;    /**< ICMP echo */
  uint32_t yiaddr, ciaddr, requested, server, lease, t1, t2;
  uint32_t sender, target; /**< ARP; IGMP: group in target */
  uint8_t mac[6];          /**< ARP: the sender's, if not the address's usual one */
  bool badsum, sum0, badxid, nomore, has_frag_range;
  uint32_t frag_a, frag_b;          /**< in: send octets [a, b) of the IP payload only */
  uint32_t cut;                     /**< in: cut the frame after that many octets of IP packet */
  int32_t quote_sport, quote_dport; /**< in icmp error: about this TCP or UDP packet of ours */
  uint32_t quote_seq;
  uint8_t quote_proto;
  char name[64]; /**< DNS */
  /* IPv6 */
  bool v6, no_mac;            /**< no_mac: without an option that says the link-layer address */
  uint8_t src6[16], dst6[16]; /**< instead of src and dst */
  uint8_t target6[16];        /**< ND: the target, or the prefix of a router advertisement; t1, t2: its lifetimes */
  uint8_t prefix_len;
};

/** Read a packet from the rest of @p l. */
void packet_parse(struct line *l, struct packet *p);
/** Build the frame of @p p, sent by the peer.  @return its length */
size_t packet_build(const struct packet *p, uint8_t *frame);
/** See what @p frame holds; ends the test when it is malformed or a checksum is wrong. */
void packet_read(const uint8_t *frame, size_t len, struct packet *p);
/** In words, for messages. */
void packet_print(const struct packet *p, char *text, size_t size);
/** Does @p got show all that @p want names?  If not, @p why says the first difference. */
bool packet_match(const struct packet *want, const struct packet *got, char *why, size_t size);

/* The peer's memory of connections, for numbers relative to both initial sequence numbers. */
struct flow {
  uint16_t local, remote; /**< the stack's port, the peer's port */
  bool known;             /**< the stack's initial number is known */
  uint32_t stack_isn, peer_isn, last_ts;
};
struct flow *flow_of(uint16_t local, uint16_t remote);

/** The octet at relative sequence number @p i of a stream; datagrams and echo data use the same. */
static inline uint8_t octet_at(uint32_t i)
{
  return (uint8_t)(i * 7 + (i >> 8) + 1);
}

static inline void put16(uint8_t *p, uint32_t v)
{
  p[0] = (uint8_t)(v >> 8);
  p[1] = (uint8_t)v;
}

static inline void put32(uint8_t *p, uint32_t v)
{
  put16(p, v >> 16);
  put16(p + 2, v & 0xFFFF);
}

static inline uint16_t get16(const uint8_t *p)
{
  return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t get32(const uint8_t *p)
{
  return (uint32_t)get16(p) << 16 | get16(p + 2);
}

extern uint32_t peer_ip, stack_ip; /**< host order; stack_ip as configured by `option` */
extern uint32_t dhcp_xid;          /**< of the last DHCP message the stack sent */
extern uint16_t dns_id;

void mac_of(uint32_t ip, uint8_t mac[6]);
uint16_t sum16(const uint8_t *d, size_t n, uint32_t start);

/* script_frame6.c: IPv6, after `option ipv6` */
extern bool over_ip6;
extern uint8_t peer_ip6[16], stack_ip6[16], peer_ll6[16], stack_ll6[16];
void mac_of6(const uint8_t ip[16], uint8_t mac[6]);
uint32_t pseudo_sum6(const uint8_t src[16], const uint8_t dst[16], uint8_t proto, size_t len);
size_t build_icmp6(const struct packet *p, uint8_t *c);
size_t build_nd(const struct packet *p, uint8_t *c);
/** The frame around the @p total octets at @p whole.  @return its length */
size_t packet_build6(const struct packet *p, const uint8_t *whole, size_t total, uint8_t proto, uint8_t *f);
void read_icmp6(const uint8_t *c, size_t len, struct packet *p);
/** @return what lies behind all headers, *@p left octets */
const uint8_t *read_ip6(const uint8_t *ip, size_t len, struct packet *p, size_t *left);

/* ------------------------------------------------------------------ the stack under test */

void stack_boot(bool with_address);
void stack_input(const uint8_t *frame, size_t len);
/** Move the clock; @p stop at the first frame sent. */
void stack_advance(uint64_t us, bool stop);
extern uint64_t now_us;
extern bool arp_manual; /**< ARP, and neighbour discovery over IPv6, is the script's */
void stack_forget(void);
void stack_link(bool up);

/** Frames sent and not yet looked at, oldest first. */
struct sent {
  struct sent *next;
  uint64_t at_us;
  size_t len;
  uint8_t frame[FRAME_MAX];
};
struct sent *sent_first(void);
void sent_drop(void);

/** Check that nothing is left allocated once everything is closed. */
void stack_check_leaks(void);

/** A call or an expectation; @return false if the verb is not known. */
bool api_run(struct line *l, const char *verb);
bool api_expect(struct line *l);
/** Has the script closed all it opened, so that leaks can be looked for? */
bool api_closed(void);

#endif
