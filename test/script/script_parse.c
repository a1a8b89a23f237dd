/** A line's words become a struct packet; and a struct packet becomes words again. */
#include "script.h"
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char flag_letters[] = "FSRP.UEW";

static void parse_flags(const char *w, struct packet *p)
{
  for (; w != NULL && *w != '\0'; w++) {
    const char *at = strchr(flag_letters, *w);

    if (*w == '-') {
      continue;
    }
    if (at == NULL) {
      fail("'%c' is no TCP flag (%s)", *w, flag_letters);
    }
    p->flags |= (uint8_t)(1u << (at - flag_letters));
  }
}

static void parse_ports(struct line *l, struct packet *p)
{
  p->sport = (uint16_t)line_number(l);
  if (!line_take(l, "->")) {
    fail("ports look like 40000->80");
  }
  p->dport = (uint16_t)line_number(l);
  p->has |= HAS_PORTS;
}

/** A:B, relative. */
static void parse_sack(const char *w, struct packet *p)
{
  unsigned a, b;

  if (w == NULL || sscanf(w, "%u:%u", &a, &b) != 2 || p->n_sack == 4) {
    fail("a SACK block looks like 1461:2921");
  }
  p->sack[p->n_sack][0] = a;
  p->sack[p->n_sack][1] = b;
  p->n_sack++;
  p->has |= HAS_SACK;
}

/** ours, wrong, or a number: eight times this octet. */
static void parse_cookie(struct line *l, struct packet *p)
{
  p->has |= HAS_COOKIE;
  p->cookie_len = 8;
  p->cookie_wrong = line_take(l, "wrong");
  p->cookie_ours = !p->cookie_wrong && line_take(l, "ours");
  if (!p->cookie_wrong && !p->cookie_ours) {
    memset(p->cookie, (int)line_number(l), 8);
  }
}

static void parse_options(struct line *l, struct packet *p)
{
  while (!line_take(l, ">")) {
    if (line_take(l, "mss")) {
      p->mss = (uint16_t)line_number(l);
      p->has |= HAS_MSS;
    } else if (line_take(l, "wscale")) {
      p->wscale = (uint8_t)line_number(l);
      p->has |= HAS_WSCALE;
    } else if (line_take(l, "sackok")) {
      p->has |= HAS_SACKOK;
    } else if (line_take(l, "ts")) {
      p->has |= HAS_TS;
      if (l->at < l->n && l->word[l->at][0] != '>' && strcmp(l->word[l->at], "ecr") != 0) {
        p->ts = line_number(l);
      }
    } else if (line_take(l, "ecr")) {
      p->ecr = line_number(l);
      p->has |= HAS_ECR;
    } else if (line_take(l, "sack")) {
      parse_sack(line_next(l), p);
    } else if (line_take(l, "cookie")) {
      parse_cookie(l, p);
    } else if (line_take(l, "fastopen")) {
      p->has |= HAS_COOKIE;
    } else if (line_take(l, "no-fastopen")) {
      p->has |= HAS_NOCOOKIE;
    } else if (line_take(l, "none")) {
      p->has |= HAS_NOOPTS;
    } else {
      fail("unknown TCP option '%s'", l->at < l->n ? l->word[l->at] : "(end of line)");
    }
  }
}

/** Modifiers of the IP packet around everything.  @return false: not one of them */
static bool parse_ip(struct line *l, struct packet *p)
{
  const char *w;
  char *dots;

  if (line_take(l, "src")) {
    if (p->v6) {
      line_address6(l, p->src6);
    } else {
      p->src = line_address(l);
    }
    p->has |= HAS_SRC;
  } else if (line_take(l, "dst")) {
    if (p->v6) {
      line_address6(l, p->dst6);
    } else {
      p->dst = line_address(l);
    }
    p->has |= HAS_DST;
  } else if (line_take(l, "ttl")) {
    p->ttl = (uint8_t)line_number(l);
    p->has |= HAS_TTL;
  } else if (line_take(l, "tos")) {
    p->tos = (uint8_t)line_number(l);
    p->has |= HAS_TOS;
  } else if (line_take(l, "df")) {
    p->df = true;
    p->has |= HAS_DF;
  } else if (line_take(l, "ipid")) {
    p->ip_id = (uint16_t)line_number(l);
  } else if (line_take(l, "broadcast")) {
    p->broadcast = true;
  } else if (line_take(l, "badsum")) {
    p->badsum = true;
  } else if (line_take(l, "nosum")) {
    p->sum0 = true;
    p->has |= HAS_SUM0;
  } else if (line_take(l, "cut")) {
    p->cut = line_number(l);
  } else if (line_take(l, "nomore")) {
    p->nomore = true;
  } else if (line_take(l, "frag")) {
    w = line_next(l);
    dots = w != NULL ? strstr(w, "..") : NULL;
    if (dots == NULL) {
      fail("a fragment looks like frag 0..1480 (octets of the IP payload)");
    }
    p->frag_a = (uint32_t)strtoul(w, NULL, 0);
    p->frag_b = (uint32_t)strtoul(dots + 2, NULL, 0);
    p->has_frag_range = true;
    p->has |= HAS_FRAG;
  } else {
    return false;
  }
  return true;
}

static bool parse_tcp_word(struct line *l, struct packet *p)
{
  if (line_take(l, "seq")) {
    p->seq = line_number(l);
    p->has |= HAS_SEQ;
  } else if (line_take(l, "ack")) {
    p->ack = line_number(l);
    p->has |= HAS_ACK;
  } else if (line_take(l, "win")) {
    p->win = (uint16_t)line_number(l);
    p->has |= HAS_WIN;
  } else if (line_take(l, "urg")) {
    p->urg = (uint16_t)line_number(l);
    p->has |= HAS_URG;
  } else if (line_take(l, "len")) {
    p->len = line_number(l);
  } else if (line_take(l, "<")) {
    parse_options(l, p);
  } else {
    return false;
  }
  return true;
}

static void parse_tcp(struct line *l, struct packet *p)
{
  p->win = 65535;
  parse_ports(l, p);
  parse_flags(line_next(l), p);
  p->has |= HAS_LEN;
  while (l->at < l->n && (parse_tcp_word(l, p) || parse_ip(l, p))) {}
}

static void parse_udp(struct line *l, struct packet *p)
{
  parse_ports(l, p);
  p->has |= HAS_LEN;
  while (l->at < l->n) {
    if (line_take(l, "len")) {
      p->len = line_number(l);
    } else if (!parse_ip(l, p)) {
      break;
    }
  }
}

struct icmp_name {
  const char *name;
  uint8_t type, code;
  bool any_code;
};
static const struct icmp_name icmp_names[] = {
  { "reply", 0, 0, false },          { "echo", 8, 0, false },
  { "unreach-net", 3, 0, false },    { "unreach-host", 3, 1, false },
  { "unreach-proto", 3, 2, false },  { "unreach-port", 3, 3, false },
  { "too-big", 3, 4, false },        { "unreach-srcroute", 3, 5, false },
  { "unreach-admin", 3, 13, false }, { "quench", 4, 0, false },
  { "redirect", 5, 1, false },       { "time-ttl", 11, 0, false },
  { "time-frag", 11, 1, false },     { "parameter", 12, 0, true },
  { "timestamp", 13, 0, false },     { "mask", 17, 0, false },
};

/* The same words for ICMPv6 (RFC 4443). */
static const struct icmp_name icmp6_names[] = {
  { "reply", 129, 0, false },       { "echo", 128, 0, false },        { "unreach-net", 1, 0, false },
  { "unreach-admin", 1, 1, false }, { "unreach-scope", 1, 2, false }, { "unreach-host", 1, 3, false },
  { "unreach-port", 1, 4, false },  { "too-big", 2, 0, false },       { "time-ttl", 3, 0, false },
  { "time-frag", 3, 1, false },     { "unreach-proto", 4, 1, false }, { "parameter", 4, 0, true },
};

/** The messages of a version of IP.  @return how many */
static size_t icmp_table(bool v6, const struct icmp_name **names)
{
  *names = v6 ? icmp6_names : icmp_names;
  return v6 ? sizeof(icmp6_names) / sizeof(icmp6_names[0]) : sizeof(icmp_names) / sizeof(icmp_names[0]);
}

static const struct icmp_name *icmp_by_name(const char *w, bool v6)
{
  const struct icmp_name *names;
  size_t i, n = icmp_table(v6, &names);

  for (i = 0; w != NULL && i < n; i++) {
    if (strcmp(names[i].name, w) == 0) {
      return &names[i];
    }
  }
  fail("unknown ICMP message '%s'", w != NULL ? w : "");
}

/** One of two words, the second one may be left out. */
static uint8_t either(struct line *l, const char *first, uint8_t value, const char *second, uint8_t other)
{
  if (line_take(l, first)) {
    return value;
  }
  line_take(l, second);
  return other;
}

/** about tcp|udp LOCAL->REMOTE [seq N]: the packet of the stack that the error quotes. */
static void parse_about(struct line *l, struct packet *p)
{
  p->quote_proto = either(l, "udp", 17, "tcp", 6);
  p->quote_sport = (int32_t)line_number(l);
  if (!line_take(l, "->")) {
    fail("about tcp 80->40000");
  }
  p->quote_dport = (int32_t)line_number(l);
  if (line_take(l, "seq")) {
    p->quote_seq = line_number(l);
  }
}

static void parse_icmp(struct line *l, struct packet *p)
{
  const struct icmp_name *n = icmp_by_name(line_next(l), p->v6);

  p->type = n->type;
  p->code = n->code;
  p->has |= n->any_code ? 0 : HAS_CODE;
  while (l->at < l->n) {
    if (line_take(l, "id")) {
      p->id = (uint16_t)line_number(l);
      p->has |= HAS_ID;
    } else if (line_take(l, "seq")) {
      p->no = (uint16_t)line_number(l);
      p->has |= HAS_SEQ;
    } else if (line_take(l, "len")) {
      p->len = line_number(l);
      p->has |= HAS_LEN;
    } else if (line_take(l, "mtu")) {
      p->mtu = (uint16_t)line_number(l);
      p->has |= HAS_MTU;
    } else if (line_take(l, "about")) {
      parse_about(l, p);
    } else if (!parse_ip(l, p)) {
      break;
    }
  }
}

static void parse_mac(struct line *l, struct packet *p)
{
  const char *w = line_next(l);
  unsigned m[6];
  int i;

  if (w == NULL || sscanf(w, "%x:%x:%x:%x:%x:%x", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5]) != 6) {
    fail("mac 02:00:00:00:00:01");
  }
  for (i = 0; i < 6; i++) {
    p->mac[i] = (uint8_t)m[i];
  }
  p->has |= HAS_MAC;
}

/** Letters of an advertisement: neighbours R, S, O; routers M, O. */
static void parse_nd_flags(const char *w, struct packet *p)
{
  for (; w != NULL && *w != '\0'; w++) {
    p->flags |= (uint8_t)(*w == 'R' || *w == 'M'                       ? 0x80
                          : *w == 'S' || (*w == 'O' && p->type == 134) ? 0x40
                          : *w == 'O'                                  ? 0x20
                                                                       : 0);
  }
}

/** PREFIX/LEN VALID PREFERRED */
static void parse_prefix(struct line *l, struct packet *p)
{
  char *slash = l->at < l->n ? strchr(l->word[l->at], '/') : NULL;

  if (slash == NULL) {
    fail("prefix 2001:db8:5::/64 VALID PREFERRED");
  }
  *slash = '\0';
  p->prefix_len = (uint8_t)strtoul(slash + 1, NULL, 10);
  line_address6(l, p->target6);
  p->t1 = line_number(l);
  p->t2 = line_number(l);
}

/** nd ns|na TARGET | nd rs | nd ra LIFETIME */
static void parse_nd(struct line *l, struct packet *p)
{
  static const char *const names[] = { "rs", "ra", "ns", "na" };
  const char *w = line_next(l);

  for (p->type = 133; p->type < 137 && (w == NULL || strcmp(names[p->type - 133], w) != 0); p->type++) {}
  if (p->type == 137) {
    fail("nd rs|ra|ns|na");
  }
  p->ttl = 255;
  if (p->type == 134) {
    memcpy(p->src6, peer_ll6, 16);
    p->lease = line_number(l);
  } else if (p->type != 133) {
    line_address6(l, p->target6);
  }
  while (l->at < l->n) {
    if (line_take(l, "mac")) {
      parse_mac(l, p);
    } else if (line_take(l, "no-mac")) {
      p->no_mac = true;
    } else if (line_take(l, "flags")) {
      parse_nd_flags(line_next(l), p);
    } else if (line_take(l, "code")) {
      p->code = (uint8_t)line_number(l);
    } else if (line_take(l, "mtu")) {
      p->mtu = (uint16_t)line_number(l);
      p->has |= HAS_MTU;
    } else if (line_take(l, "prefix")) {
      parse_prefix(l, p);
    } else if (!parse_ip(l, p)) {
      break;
    }
  }
}

/** mld report: what it says is not looked at. */
static void parse_mld(struct line *l, struct packet *p)
{
  p->type = 143;
  (void)line_take(l, "report");
}

/** arp request SENDER for TARGET [mac M] [to-us] | arp reply SENDER for TARGET [mac M] */
static void parse_arp(struct line *l, struct packet *p)
{
  p->type = either(l, "reply", 2, "request", 1);
  p->sender = line_address(l);
  if (!line_take(l, "for")) {
    fail("arp request SENDER for TARGET");
  }
  p->target = line_address(l);
  p->broadcast = p->type == 1;
  while (l->at < l->n) {
    if (line_take(l, "mac")) {
      parse_mac(l, p);
    } else if (line_take(l, "unicast")) {
      p->broadcast = false;
    } else if (line_take(l, "cut")) {
      p->cut = line_number(l);
    } else {
      break;
    }
  }
}

static const char *const dhcp_names[] = { "",    "discover", "offer",   "request", "decline",
                                          "ack", "nak",      "release", "inform" };

static void parse_dhcp(struct line *l, struct packet *p)
{
  const char *w = line_next(l);

  for (p->type = 1; p->type < 9 && (w == NULL || strcmp(dhcp_names[p->type], w) != 0); p->type++) {}
  if (p->type == 9) {
    fail("unknown DHCP message");
  }
  p->server = peer_ip;
  while (l->at < l->n) {
    if (line_take(l, "yiaddr")) {
      p->yiaddr = line_address(l);
      p->has |= HAS_YIADDR;
    } else if (line_take(l, "ciaddr")) {
      p->ciaddr = line_address(l);
      p->has |= HAS_CIADDR;
    } else if (line_take(l, "requested")) {
      p->requested = line_address(l);
      p->has |= HAS_REQUESTED;
    } else if (line_take(l, "server")) {
      p->server = line_address(l);
      p->has |= HAS_SERVER;
    } else if (line_take(l, "lease")) {
      p->lease = line_number(l);
    } else if (line_take(l, "t1")) {
      p->t1 = line_number(l);
    } else if (line_take(l, "t2")) {
      p->t2 = line_number(l);
    } else if (line_take(l, "badxid")) {
      p->badxid = true;
    } else if (!parse_ip(l, p)) {
      break;
    }
  }
}

/** igmp query|report2|report3|leave [GROUP] */
static void parse_igmp(struct line *l, struct packet *p)
{
  static const struct {
    const char *name;
    uint8_t type;
  } names[] = { { "query", 0x11 }, { "report1", 0x12 }, { "report2", 0x16 }, { "leave", 0x17 }, { "report3", 0x22 } };
  const char *w = line_next(l);
  size_t i;

  for (i = 0; i < 5; i++) {
    if (w != NULL && strcmp(names[i].name, w) == 0) {
      p->type = names[i].type;
    }
  }
  if (p->type == 0) {
    fail("igmp query|report1|report2|report3|leave [GROUP]");
  }
  if (l->at < l->n && strchr(l->word[l->at], '.') != NULL) {
    p->target = line_address(l);
    p->has |= HAS_REQUESTED;
  }
  p->ttl = 1;
  while (l->at < l->n) {
    if (line_take(l, "maxresp")) {
      p->code = (uint8_t)line_number(l);
    } else if (!parse_ip(l, p)) {
      break;
    }
  }
}

/** dns query NAME | dns answer NAME ADDRESS [ttl N] [badid] */
static void parse_dns(struct line *l, struct packet *p)
{
  const char *w;

  p->type = either(l, "answer", 1, "query", 0);
  w = line_next(l);
  snprintf(p->name, sizeof(p->name), "%s", w != NULL ? w : "");
  p->lease = 60;
  p->server = peer_ip;
  if (p->type == 1) {
    p->yiaddr = line_address(l);
  }
  while (l->at < l->n) {
    if (line_take(l, "lifetime")) {
      p->lease = line_number(l);
    } else if (line_take(l, "badxid")) {
      p->badxid = true;
    } else if (!parse_ip(l, p)) {
      break;
    }
  }
}

void packet_parse(struct line *l, struct packet *p)
{
  static const struct {
    const char *name;
    enum packet_kind kind;
    void (*parse)(struct line *, struct packet *);
  } kinds[] = { { "tcp", PK_TCP, parse_tcp }, { "udp", PK_UDP, parse_udp },    { "icmp", PK_ICMP, parse_icmp },
                { "arp", PK_ARP, parse_arp }, { "dhcp", PK_DHCP, parse_dhcp }, { "igmp", PK_IGMP, parse_igmp },
                { "dns", PK_DNS, parse_dns }, { "nd", PK_ND, parse_nd },       { "mld", PK_MLD, parse_mld } };
  const char *w = line_next(l);
  size_t i;

  memset(p, 0, sizeof(*p));
  p->ttl = 64;
  p->src = peer_ip;
  p->dst = stack_ip;
  p->v6 = over_ip6;
  memcpy(p->src6, peer_ip6, 16);
  memcpy(p->dst6, stack_ip6, 16);
  p->quote_sport = p->quote_dport = -1;
  for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
    if (w != NULL && strcmp(kinds[i].name, w) == 0) {
      p->kind = kinds[i].kind;
      kinds[i].parse(l, p);
      if (l->at < l->n) {
        fail("'%s' is not understood here", l->word[l->at]);
      }
      return;
    }
  }
  fail("unknown packet '%s'", w != NULL ? w : "");
}

/* ------------------------------------------------------------------ back to words */

static void add(char **t, size_t *room, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void add(char **t, size_t *room, const char *fmt, ...)
{
  va_list ap;
  int n;

  va_start(ap, fmt);
  n = vsnprintf(*t, *room, fmt, ap);
  va_end(ap);
  if (n < 0 || (size_t)n >= *room) {
    n = (int)*room - 1;
  }
  *t += n;
  *room -= (size_t)n;
}

static void add_ip(char **t, size_t *room, const char *what, uint32_t ip)
{
  add(t, room, " %s %u.%u.%u.%u", what, ip >> 24, ip >> 16 & 255, ip >> 8 & 255, ip & 255);
}

static void add_ip6(char **t, size_t *room, const char *what, const uint8_t ip[16])
{
  char text[INET6_ADDRSTRLEN];

  add(t, room, " %s %s", what, inet_ntop(AF_INET6, ip, text, sizeof(text)));
}

static void print_nd(const struct packet *p, char **t, size_t *room)
{
  static const char *const names[] = { "rs", "ra", "ns", "na" };

  add(t, room, "nd %s", names[p->type - 133]);
  if (p->type > 134) {
    add_ip6(t, room, "", p->target6);
  }
  if (p->type == 136) {
    add(t, room, " flags %s%s%s", p->flags & 0x80 ? "R" : "", p->flags & 0x40 ? "S" : "", p->flags & 0x20 ? "O" : "");
  }
  if (p->no_mac) {
    add(t, room, " no-mac");
  }
}

static void print_options(const struct packet *p, char **t, size_t *room)
{
  int i;

  if (!(p->has & (HAS_MSS | HAS_WSCALE | HAS_SACKOK | HAS_TS | HAS_SACK | HAS_COOKIE))) {
    return;
  }
  add(t, room, " <");
  if (p->has & HAS_MSS) {
    add(t, room, " mss %u", p->mss);
  }
  if (p->has & HAS_WSCALE) {
    add(t, room, " wscale %u", p->wscale);
  }
  if (p->has & HAS_SACKOK) {
    add(t, room, " sackok");
  }
  if (p->has & HAS_TS) {
    add(t, room, " ts %u ecr %u", (unsigned)p->ts, (unsigned)p->ecr);
  }
  if (p->has & HAS_COOKIE) {
    add(t, room, p->cookie_len != 0 ? " cookie" : " fastopen");
  }
  for (i = 0; i < p->cookie_len; i++) {
    add(t, room, "%s%02x", i == 0 ? " " : "", p->cookie[i]);
  }
  for (i = 0; i < p->n_sack; i++) {
    add(t, room, " sack %u:%u", (unsigned)p->sack[i][0], (unsigned)p->sack[i][1]);
  }
  add(t, room, " >");
}

static void print_tcp(const struct packet *p, char **t, size_t *room)
{
  char flags[9];
  int i, n = 0;

  for (i = 0; i < 8; i++) {
    if (p->flags & 1u << i) {
      flags[n++] = flag_letters[i];
    }
  }
  flags[n] = '\0';
  add(t, room, "tcp %u->%u %s", p->sport, p->dport, n ? flags : "-");
  if (p->has & HAS_SEQ) {
    add(t, room, " seq %u", (unsigned)p->seq);
  }
  if (p->has & HAS_ACK) {
    add(t, room, " ack %u", (unsigned)p->ack);
  }
  if (p->len) {
    add(t, room, " len %u", (unsigned)p->len);
  }
  if (p->has & HAS_WIN) {
    add(t, room, " win %u", p->win);
  }
  if (p->has & HAS_URG) {
    add(t, room, " urg %u", p->urg);
  }
  print_options(p, t, room);
}

static void print_icmp(const struct packet *p, char **t, size_t *room)
{
  const struct icmp_name *names;
  size_t i, n = icmp_table(p->v6, &names);

  for (i = 0; i < n; i++) {
    if (names[i].type == p->type && (names[i].any_code || names[i].code == p->code)) {
      add(t, room, "icmp %s", names[i].name);
      break;
    }
  }
  if (i == n) {
    add(t, room, "icmp type %u code %u", p->type, p->code);
  }
  if (p->v6 ? p->type == 128 || p->type == 129 : p->type == 0 || p->type == 8) {
    add(t, room, " id %u seq %u len %u", p->id, p->no, (unsigned)p->len);
  }
  if (p->has & HAS_MTU) {
    add(t, room, " mtu %u", p->mtu);
  }
}

static void print_dhcp(const struct packet *p, char **t, size_t *room)
{
  add(t, room, "dhcp %s", p->type < 9 ? dhcp_names[p->type] : "?");
  if (p->has & HAS_CIADDR) {
    add_ip(t, room, "ciaddr", p->ciaddr);
  }
  if (p->has & HAS_YIADDR) {
    add_ip(t, room, "yiaddr", p->yiaddr);
  }
  if (p->has & HAS_REQUESTED) {
    add_ip(t, room, "requested", p->requested);
  }
  if (p->has & HAS_SERVER) {
    add_ip(t, room, "server", p->server);
  }
}

static void print_body(const struct packet *p, char **t, size_t *room)
{
  switch (p->kind) {
    case PK_TCP:
      print_tcp(p, t, room);
      break;
    case PK_UDP:
      add(t, room, "udp %u->%u len %u", p->sport, p->dport, (unsigned)p->len);
      break;
    case PK_ICMP:
      print_icmp(p, t, room);
      break;
    case PK_ARP:
      add(t, room, "arp %s", p->type == 1 ? "request" : "reply");
      add_ip(t, room, "", p->sender);
      add_ip(t, room, "for", p->target);
      break;
    case PK_DHCP:
      print_dhcp(p, t, room);
      break;
    case PK_IGMP:
      add(t, room, "igmp type 0x%02x", p->type);
      add_ip(t, room, "group", p->target);
      break;
    case PK_ND:
      print_nd(p, t, room);
      break;
    case PK_MLD:
      add(t, room, "mld report");
      break;
    case PK_DNS:
      add(t, room, "dns %s %s", p->type ? "answer" : "query", p->name);
      break;
    default:
      add(t, room, "protocol %u len %u", p->proto, (unsigned)p->len);
      break;
  }
}

void packet_print(const struct packet *p, char *text, size_t size)
{
  char *t = text;
  size_t room = size;

  print_body(p, &t, &room);
  if (p->kind == PK_ARP) {
    return;
  }
  if (p->v6) {
    add_ip6(&t, &room, "src", p->src6);
    add_ip6(&t, &room, "dst", p->dst6);
  }
  if ((p->has & HAS_SRC) && !p->v6 && p->src != peer_ip && p->src != stack_ip) {
    add_ip(&t, &room, "src", p->src);
  }
  if ((p->has & HAS_DST) && !p->v6 && p->dst != peer_ip && p->dst != stack_ip) {
    add_ip(&t, &room, "dst", p->dst);
  }
  if (p->has & HAS_FRAG) {
    add(&t, &room, " frag %u..%u", (unsigned)p->frag_a, (unsigned)p->frag_b);
  }
}
