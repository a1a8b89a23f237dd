/** DHCPv6 messages and their options. */
#include "wire_dhcp6.h"
#include <string.h>

bool dhcp6_wire_next(struct dhcp6_span *rest, u16_t *code, struct dhcp6_span *data)
{
  if (rest->len < DHCP6_WIRE_OPT_HLEN || be16_get(rest->at + 2) > rest->len - DHCP6_WIRE_OPT_HLEN) {
    return false;
  }
  *code = be16_get(rest->at);
  data->len = be16_get(rest->at + 2);
  data->at = rest->at + DHCP6_WIRE_OPT_HLEN;
  rest->at = data->at + data->len;
  rest->len -= DHCP6_WIRE_OPT_HLEN + data->len;
  return true;
}

/** Does the last option end where they all end? */
static bool is_whole(struct dhcp6_span options)
{
  struct dhcp6_span data;
  u16_t code;

  while (dhcp6_wire_next(&options, &code, &data)) {}
  return options.len == 0;
}

struct dhcp6_span dhcp6_wire_find(struct dhcp6_span options, u16_t code, size_t least)
{
  const struct dhcp6_span none = { NULL, 0 };
  struct dhcp6_span data;
  u16_t is;

  while (dhcp6_wire_next(&options, &is, &data)) {
    if (is == code && data.len >= least) {
      return data;
    }
  }
  return none;
}

static u16_t status_of(struct dhcp6_span options)
{
  const struct dhcp6_span s = dhcp6_wire_find(options, DHCP6_OPT_STATUS, 2);

  return s.at != NULL ? be16_get(s.at) : (u16_t)DHCP6_WIRE_SUCCESS;
}

/** What is behind the first @p n octets of @p data, as options. */
static struct dhcp6_span behind(struct dhcp6_span data, size_t n)
{
  data.at += n;
  data.len -= n;
  return data;
}

bool dhcp6_wire_parse(const u8_t *m, size_t len, struct dhcp6_repr *r)
{
  struct dhcp6_span preference;

  if (len < DHCP6_WIRE_HLEN) {
    return false;
  }
  r->type = m[0];
  r->xid = be32_get(m) & 0xffffffu;
  r->options.at = m + DHCP6_WIRE_HLEN;
  r->options.len = len - DHCP6_WIRE_HLEN;
  if (!is_whole(r->options)) {
    return false;
  }
  r->client = dhcp6_wire_find(r->options, DHCP6_OPT_CLIENT_ID, 0);
  r->server = dhcp6_wire_find(r->options, DHCP6_OPT_SERVER_ID, 3);
  preference = dhcp6_wire_find(r->options, DHCP6_OPT_PREFERENCE, 1);
  r->preference = preference.at != NULL ? preference.at[0] : 0;
  r->rapid = dhcp6_wire_find(r->options, DHCP6_OPT_RAPID, 0).at != NULL;
  r->status = status_of(r->options);
  return r->client.at != NULL && r->server.at != NULL && r->server.len <= DHCP6_WIRE_DUID_MAX;
}

bool dhcp6_wire_ia(struct dhcp6_span data, struct dhcp6_ia *ia)
{
  if (data.len < DHCP6_WIRE_IA_LEN || !is_whole(behind(data, DHCP6_WIRE_IA_LEN))) {
    return false;
  }
  ia->iaid = be32_get(data.at);
  ia->t1_s = be32_get(data.at + 4);
  ia->t2_s = be32_get(data.at + 8);
  ia->options = behind(data, DHCP6_WIRE_IA_LEN);
  ia->status = status_of(ia->options);
  return ia->t2_s == 0 || ia->t1_s <= ia->t2_s;
}

bool dhcp6_wire_lease(struct dhcp6_span data, struct dhcp6_lease *l)
{
  if (data.len < DHCP6_WIRE_ADDR_LEN || !is_whole(behind(data, DHCP6_WIRE_ADDR_LEN)) ||
      status_of(behind(data, DHCP6_WIRE_ADDR_LEN)) != DHCP6_WIRE_SUCCESS) {
    return false;
  }
  l->addr = data.at;
  l->preferred_s = be32_get(data.at + 16);
  l->valid_s = be32_get(data.at + 20);
  return l->preferred_s <= l->valid_s;
}

u8_t *dhcp6_wire_put(u8_t *m, u8_t type, u32_t xid)
{
  be32_put(m, ((u32_t)type << 24) | xid);
  return m + DHCP6_WIRE_HLEN;
}

u8_t *dhcp6_wire_begin(u8_t *at, u16_t code)
{
  be16_put(at, code);
  return at + DHCP6_WIRE_OPT_HLEN;
}

u8_t *dhcp6_wire_put_opt(u8_t *at, u16_t code, const void *data, size_t len)
{
  at = dhcp6_wire_begin(at, code);
  memcpy(at, data, len);
  dhcp6_wire_end(at, at + len);
  return at + len;
}
