/**
 * The states of the DHCPv6 client (RFC 8415 section 18.2) and its one timer.
 *
 *   IDLE --router: O--> INFORMING -> IDLE, until the parameters are old
 *   IDLE --router: M--> SOLICITING -> REQUESTING -> BOUND -> RENEWING -> REBINDING -> SOLICITING
 *   BOUND, RENEWING, REBINDING  --link up-->  CONFIRMING -> BOUND, also if nobody answers
 *   a leased address is taken: DECLINING -> SOLICITING
 *   the program wants no more: RELEASING -> OFF
 *
 * A message is repeated after a time that doubles, a tenth more or less (section 15).  The parameters of each exchange are one
 * line of a table.
 */
#include "dhcp6_client.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6

#include "../base/random.h"
#include "../ip/nd6_host.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/sys.h"

#define DAY_S 86400u
#define FIRST_DELAY_MS 1000u /* SOL_MAX_DELAY, CNF_MAX_DELAY, INF_MAX_DELAY */

/* clang-format off */
static const struct exchange {
  u8_t msg;
  u8_t irt_s;  /**< first wait */
  u16_t mrt_s; /**< longest wait */
  u8_t mrc;    /**< how often at most, 0: for ever */
} exchanges[] = {
  [DHCP6_INFORMING]  = { DHCP6_WIRE_INFORMATION,  1, 3600,  0 },
#if LWIP_IPV6_DHCP6_STATEFUL
  [DHCP6_SOLICITING] = { DHCP6_WIRE_SOLICIT,      1, 3600,  0 },
  [DHCP6_REQUESTING] = { DHCP6_WIRE_REQUEST,      1,   30, 10 },
  [DHCP6_CONFIRMING] = { DHCP6_WIRE_CONFIRM,      1,    4,  4 }, /* about 10 s, CNF_MAX_RD */
  [DHCP6_RENEWING]   = { DHCP6_WIRE_RENEW,       10,  600,  0 },
  [DHCP6_REBINDING]  = { DHCP6_WIRE_REBIND,      10,  600,  0 },
  [DHCP6_DECLINING]  = { DHCP6_WIRE_DECLINE,      1,  600,  4 },
  [DHCP6_RELEASING]  = { DHCP6_WIRE_RELEASE,      1,  600,  4 },
#endif
};
/* clang-format on */

static struct timer *timer_of(struct dhcp6 *d)
{
  LWIP_ASSERT("struct lwip_x_timer has room", sizeof(struct timer) == sizeof(struct lwip_x_timer));
  return (struct timer *)(void *)&d->x_timer;
}

static bool has_link(const struct dhcp6 *d)
{
  return netif_is_up(d->x_netif) && netif_is_link_up(d->x_netif);
}

static void on_timer(struct timer *t);

static void wait_ms(struct dhcp6 *d, u32_t ms)
{
  d->request_timeout = (u16_t)LWIP_MIN(ms / DHCP6_TIMER_MSECS, 0xFFFF);
  timer_set(timer_of(d), ms, on_timer);
}

/** Until second @p at_s of nd6_now_s(), or a day, after which it is looked at again. */
static void wait_until(struct dhcp6 *d, u32_t at_s)
{
  const u32_t now_s = nd6_now_s();

  if (at_s == ND6_X_FOREVER) {
    timer_stop(timer_of(d));
  } else {
    wait_ms(d, (at_s > now_s ? LWIP_MIN(at_s - now_s, DAY_S) : 0) * 1000u);
  }
}

/** The longest wait of this exchange, which a server may have set. */
static u32_t longest_ms(const struct dhcp6 *d, const struct exchange *e)
{
  if (d->state == DHCP6_INFORMING && d->x_inf_max_ms != 0) {
    return d->x_inf_max_ms;
  }
#if LWIP_IPV6_DHCP6_STATEFUL
  if (d->state == DHCP6_SOLICITING && d->x_sol_max_ms != 0) {
    return d->x_sol_max_ms;
  }
#endif
  return e->mrt_s * 1000u;
}

/** The next wait (section 15). */
static u32_t next_wait(struct dhcp6 *d, const struct exchange *e)
{
  u32_t ms = d->x_wait_ms != 0 ? d->x_wait_ms * 2 : e->irt_s * 1000u;

  ms = LWIP_MIN(ms, longest_ms(d, e));
  if (d->state == DHCP6_SOLICITING && d->tries <= 1) {
    ms += 1 + random_below(ms / 10); /* never less than the first: advertisements are being collected */
  } else {
    ms += random_below(ms / 5) - ms / 10;
  }
  d->x_wait_ms = ms;
  return ms;
}

#if LWIP_IPV6_DHCP6_STATEFUL
/** Another exchange follows after this at the latest, ms (MRD): at T2, or when the last lease ends (section 18.2.4, 18.2.5). */
static u32_t longest_exchange(const struct dhcp6 *d)
{
  u32_t s = DAY_S;

  if (d->state == DHCP6_RENEWING) {
    s = d->x_rebind_s - nd6_now_s();
  } else if (d->state == DHCP6_REBINDING) {
    s = dhcp6_lease_left(d->x_netif) + 1;
  }
  return LWIP_MIN(s, DAY_S) * 1000u;
}
#else
static u32_t longest_exchange(const struct dhcp6 *d)
{
  LWIP_UNUSED_ARG(d);
  return DAY_S * 1000u;
}
#endif

static void send(struct dhcp6 *d)
{
  const struct exchange *e = &exchanges[d->state];
  const u32_t most_ms = longest_exchange(d);
  u32_t ms;

  if (d->tries < 0xFF) {
    d->tries++;
  }
  dhcp6_send(d, e->msg);
  ms = next_wait(d, e);
  wait_ms(d, LWIP_MIN(ms, most_ms));
}

/** A new exchange, which only those who hear it can answer. */
static void new_exchange(struct dhcp6 *d)
{
  d->tries = 0;
  d->x_wait_ms = 0;
  d->xid = random_u32() & 0xffffffu;
  d->x_start_ms = sys_now();
}

void dhcp6_begin(struct dhcp6 *d, u8_t state)
{
  new_exchange(d);
  d->state = state;
  d->request_config_pending = state == DHCP6_INFORMING;
#if LWIP_IPV6_DHCP6_STATEFUL
  if (state == DHCP6_SOLICITING) {
    d->x_have_offer = 0;
  }
#endif
  if (DHCP6_IN(d, DHCP6_BIT(DHCP6_INFORMING) | DHCP6_BIT(DHCP6_SOLICITING) | DHCP6_BIT(DHCP6_CONFIRMING))) {
    wait_ms(d, random_below(FIRST_DELAY_MS));
  } else {
    send(d);
  }
}

void dhcp6_rest(struct dhcp6 *d, u32_t refresh_s)
{
  d->state = DHCP6_IDLE;
  d->request_config_pending = 0;
  d->x_renew_s = refresh_s != 0 ? nd6_until(refresh_s) : ND6_X_FOREVER;
  wait_until(d, d->x_renew_s);
}

void dhcp6_halt(struct dhcp6 *d)
{
  dhcp6_rest(d, 0);
  d->state = DHCP6_OFF;
  dhcp6_close_port(d);
}

#if LWIP_IPV6_DHCP6_STATEFUL

void dhcp6_bind(struct dhcp6 *d)
{
  d->state = DHCP6_BOUND;
  d->x_configured = 1;
  wait_until(d, d->x_renew_s);
}

/** Nobody answered often enough. */
static void give_up(struct dhcp6 *d)
{
  if (d->state == DHCP6_CONFIRMING) {
    dhcp6_bind(d); /* the lease holds nevertheless (section 18.2.3) */
  } else if (d->state == DHCP6_RELEASING) {
    dhcp6_halt(d);
  } else {
    dhcp6_begin(d, DHCP6_SOLICITING);
  }
}

/** Time has passed in a state with a lease, or in one that ends by another event than an answer.  @return true: that was all */
static bool passed_on(struct dhcp6 *d)
{
  const u32_t now_s = nd6_now_s();

  if (d->state == DHCP6_BOUND && now_s < d->x_renew_s) {
    wait_until(d, d->x_renew_s);
  } else if (d->state == DHCP6_BOUND) {
    dhcp6_begin(d, DHCP6_RENEWING);
  } else if (d->state == DHCP6_RENEWING && now_s >= d->x_rebind_s) {
    dhcp6_begin(d, DHCP6_REBINDING);
  } else if (d->state == DHCP6_REBINDING && dhcp6_leased_slot(d->x_netif, -1) < 0) {
    dhcp6_begin(d, DHCP6_SOLICITING);
  } else if (d->state == DHCP6_SOLICITING && d->x_have_offer) {
    dhcp6_begin(d, DHCP6_REQUESTING);
  } else {
    return false;
  }
  return true;
}

#else

static void give_up(struct dhcp6 *d)
{
  LWIP_UNUSED_ARG(d);
}

static bool passed_on(struct dhcp6 *d)
{
  LWIP_UNUSED_ARG(d);
  return false;
}

#endif

/** The parameters have grown old: all the time that was asked for has passed, or a day of it. */
static void refresh(struct dhcp6 *d)
{
  if (nd6_now_s() < d->x_renew_s) {
    wait_until(d, d->x_renew_s);
    return;
  }
  d->x_configured = 0;
  dhcp6_begin(d, DHCP6_INFORMING);
}

static void on_timer(struct timer *t)
{
  struct dhcp6 *d = container_of(t, struct dhcp6, x_timer);
  const u8_t mrc = exchanges[d->state].mrc;

  if (d->state == DHCP6_IDLE) {
    refresh(d);
  } else if (!has_link(d) && d->state == DHCP6_RELEASING) {
    dhcp6_halt(d);
  } else if (!has_link(d)) {
    d->tries = 0; /* all begins anew with the link */
    wait_ms(d, DAY_S * 1000u);
  } else if (!passed_on(d)) {
    if (mrc != 0 && d->tries >= mrc) {
      give_up(d);
    } else {
      send(d);
    }
  }
}

#endif
