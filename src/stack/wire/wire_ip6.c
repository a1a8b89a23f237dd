/** The chain of IPv6 extension headers (RFC 8200 section 4), with limits (RFC 8504 section 5.3). */
#include "wire_ip6.h"

enum {
  OPT_PAD1 = 0,
  OPT_PADN = 1,
  OPT_ROUTER_ALERT = 5,
  PAD_MAX = 7 /* octets: more is a covert channel, not alignment (RFC 4942 2.1.9.5, RFC 8504 5.3) */
};

/** What an unknown option wants to be done (RFC 8200 section 4.2): its two highest bits. */
static enum ip6_wire_chain unknown(u8_t type)
{
  static const u8_t actions[] = { IP6_CHAIN_WHOLE, IP6_CHAIN_DISCARD, IP6_CHAIN_OPTION_ANY, IP6_CHAIN_OPTION };

  return (enum ip6_wire_chain)actions[type >> 6];
}

/** Walk the options in the octets from @p at to @p end. */
static enum ip6_wire_chain options(const u8_t *h, u16_t at, u16_t end, bool hop_by_hop, struct ip6_chain *c)
{
  u8_t count = 0;
  u8_t padding = 0;

  while (at < end) {
    const u8_t type = h[at];
    const unsigned n = type == OPT_PAD1 ? 1u : end - at >= 2 ? 2u + h[at + 1] : 0xffffu;

    if (n > (unsigned)(end - at)) {
      c->at = at;
      return IP6_CHAIN_CUT;
    }
    if (type == OPT_PAD1 || type == OPT_PADN) {
      padding = (u8_t)(padding + n);
    } else {
      enum ip6_wire_chain what = IP6_CHAIN_WHOLE;
      padding = 0;
      count++;
      if (hop_by_hop && type == OPT_ROUTER_ALERT) {
        c->alert = true;
      } else {
        what = unknown(type);
      }
      if (what != IP6_CHAIN_WHOLE) {
        c->at = at;
        return what;
      }
    }
    if (count > IP6_WIRE_OPT_COUNT || padding > PAD_MAX) {
      return IP6_CHAIN_LIMIT;
    }
    at = (u16_t)(at + n);
  }
  return IP6_CHAIN_WHOLE;
}

/** The header of type c->nexth, @p n octets at c->hlen. */
static enum ip6_wire_chain one(const u8_t *h, u16_t n, struct ip6_chain *c)
{
  const u8_t *e = h + c->hlen;

  if (c->nexth == IP6_WIRE_ROUTING) {
    c->at = (u16_t)(c->hlen + 2);
    return e[3] == 0 ? IP6_CHAIN_WHOLE : IP6_CHAIN_ROUTING; /* no type is known here (RFC 5095 for type 0) */
  }
  return options(h, (u16_t)(c->hlen + 2), (u16_t)(c->hlen + n), c->nexth == IP6_WIRE_HBH, c);
}

/** Note a Fragment header.  @return false: the chain ends with it */
static bool fragment(const u8_t *h, struct ip6_chain *c)
{
  c->frag = c->hlen;
  c->frag_at = c->nexth_at;
  return (ip6_wire_frag(h + c->frag) & IP6_WIRE_OFFSET) == 0;
}

/** Octets of the upper-layer header a first fragment has to hold. */
static u8_t upper_len(u8_t nexth)
{
  return nexth == IP6_WIRE_TCP ? 20 : nexth == IP6_WIRE_NONE ? 0 : 8;
}

/** The part of a packet: is it the first one, and incomplete?  Another one is none of the chain's business. */
static enum ip6_wire_chain end_of(const u8_t *h, size_t len, const struct ip6_chain *c)
{
  const u16_t frag = c->frag != 0 ? ip6_wire_frag(h + c->frag) : 0;

  if (frag == 0) {
    return IP6_CHAIN_WHOLE;
  }
  return (frag & IP6_WIRE_OFFSET) == 0 && len < (size_t)c->hlen + upper_len(c->nexth) ? IP6_CHAIN_FIRST
                                                                                      : IP6_CHAIN_FRAGMENT;
}

/** It ended too early: in a first fragment that is the sender's fault of a special kind. */
static enum ip6_wire_chain cut(const u8_t *h, const struct ip6_chain *c)
{
  return c->frag != 0 && ip6_wire_frag(h + c->frag) == IP6_WIRE_MF ? IP6_CHAIN_FIRST : IP6_CHAIN_CUT;
}

enum ip6_wire_chain ip6_wire_walk(const u8_t *h, size_t len, size_t have, struct ip6_chain *c)
{
  u8_t count = 0;

  c->hlen = IP6_WIRE_HLEN;
  c->frag = 0;
  c->nexth_at = IP6_WIRE_NEXTH_AT;
  c->at = 0;
  c->nexth = ip6_wire_nexth(h);
  c->alert = false;
  while (ip6_wire_is_ext(c->nexth)) {
    const bool is_fragment = c->nexth == IP6_WIRE_FRAGMENT;
    enum ip6_wire_chain what = IP6_CHAIN_WHOLE;
    bool later;
    u16_t n;

    if ((size_t)c->hlen + 8 > len) {
      return cut(h, c);
    }
    if (c->nexth == IP6_WIRE_HBH && c->nexth_at != IP6_WIRE_NEXTH_AT) {
      c->at = c->nexth_at;
      return IP6_CHAIN_ORDER;
    }
    if (++count > IP6_WIRE_EXT_COUNT || (size_t)c->hlen + 8 > have || (is_fragment && c->frag != 0)) {
      return IP6_CHAIN_LIMIT;
    }
    n = is_fragment ? IP6_WIRE_FRAG_HLEN : (u16_t)((h[c->hlen + 1] + 1) * 8);
    if ((size_t)c->hlen + n > len) {
      return cut(h, c);
    }
    if ((size_t)c->hlen + n > have || c->hlen + n > IP6_WIRE_HLEN + IP6_WIRE_EXT_MAX) {
      return IP6_CHAIN_LIMIT;
    }
    if (!is_fragment) {
      what = one(h, n, c);
      if (what != IP6_CHAIN_WHOLE) {
        return what;
      }
    }
    later = is_fragment && !fragment(h, c);
    c->nexth_at = c->hlen;
    c->nexth = h[c->hlen];
    c->hlen = (u16_t)(c->hlen + n);
    if (later) {
      return IP6_CHAIN_FRAGMENT;
    }
  }
  return end_of(h, len, c);
}
