/**
 * The states of the DHCP client (RFC 2131 figure 5) and its one timer.
 *
 *   INIT -> SELECTING -> REQUESTING -> CHECKING -> BOUND -> RENEWING -> REBINDING -> SELECTING
 *   BOUND, RENEWING, REBINDING  --link up-->  REBOOTING -> BOUND, or REBINDING if nobody answers
 *   REQUESTING --refused-->, CHECKING, BOUND --conflict-->  BACKING_OFF -> SELECTING
 *   INFORMING -> PERMANENT
 *
 * Without a lease the timer waits 4, 8, 16, 32, 64 s between messages, a second more or less.  With one it measures
 * the lease in seconds (x_used_s), because a lease may outlast the 32-bit clock of milliseconds: it rings at T1, then
 * at half of what remains until T2 and until the end, though not more often than once a minute (section 4.4.5).
 */
#include "dhcp_client.h"

#if LWIP_DHCP

#include "lwip/autoip.h"
#include "lwip/def.h"
#include "lwip/sys.h"
#include "../base/random.h"
#include "../link/acd.h"

#define TRIES_REQUESTING 4
#define TRIES_REBOOTING 3
#define TRIES_INFORMING 4
#define RETRY_MAX_MS 64000u
#define BACK_OFF_MS 10000u /* section 3.1, 5: "a minimum of ten seconds" after a conflict */
#define RENEW_MIN_S 60u
#define DAY_S 86400u

static struct timer *timer_of(struct dhcp *d)
{
  LWIP_ASSERT("struct lwip_x_timer has room", sizeof(struct timer) == sizeof(struct lwip_x_timer));
  return (struct timer *)(void *)&d->x_timer;
}

static bool has_link(const struct dhcp *d)
{
  return netif_is_up(d->x_netif) && netif_is_link_up(d->x_netif);
}

/* AutoIP in the meantime. */

#if LWIP_DHCP_AUTOIP_COOP
static void autoip_while_waiting(struct dhcp *d)
{
  if (d->tries >= LWIP_DHCP_AUTOIP_COOP_TRIES && d->autoip_coop_state == DHCP_AUTOIP_COOP_STATE_OFF) {
    d->autoip_coop_state = DHCP_AUTOIP_COOP_STATE_ON;
    autoip_start(d->x_netif);
  }
}

static void autoip_no_more(struct dhcp *d)
{
  if (d->autoip_coop_state == DHCP_AUTOIP_COOP_STATE_ON) {
    d->autoip_coop_state = DHCP_AUTOIP_COOP_STATE_OFF;
    autoip_stop(d->x_netif);
  }
}
#else
static void autoip_while_waiting(struct dhcp *d)
{
  LWIP_UNUSED_ARG(d);
}

static void autoip_no_more(struct dhcp *d)
{
  LWIP_UNUSED_ARG(d);
}
#endif

/* Waiting. */

static void on_timer(struct timer *t);

static void wait_ms(struct dhcp *d, u32_t ms)
{
  d->request_timeout = (u16_t)LWIP_MIN(ms / DHCP_FINE_TIMER_MSECS, 0xFFFF);
  timer_set(timer_of(d), ms, on_timer);
}

/** Count the seconds of the lease that have gone. */
static void use_lease(struct dhcp *d)
{
  u32_t s = (sys_now() - d->x_clock_ms) / 1000u;

  d->x_used_s += s;
  d->x_clock_ms += s * 1000u;
}

/** Seconds into the lease at which this state ends. */
static u32_t state_ends_s(const struct dhcp *d)
{
  if (d->state == DHCP_BOUND) {
    return d->offered_t1_renew;
  }
  return d->state == DHCP_RENEWING ? d->offered_t2_rebind : d->offered_t0_lease;
}

/** Until this state ends, or until another message is due; use_lease() was called just now. */
static void wait_in_lease(struct dhcp *d)
{
  u32_t left_s = state_ends_s(d) - d->x_used_s;

  if (d->state == DHCP_BOUND && d->offered_t1_renew == DHCP_FOREVER) {
    timer_stop(timer_of(d));
    return;
  }
  if (d->state != DHCP_BOUND && left_s > RENEW_MIN_S) {
    left_s = LWIP_MAX(left_s / 2, RENEW_MIN_S);
  }
  wait_ms(d, LWIP_MIN(left_s, DAY_S) * 1000u - (sys_now() - d->x_clock_ms));
}

/** RFC 2131 section 4.1: doubled each time, randomised by a second. */
static u32_t backoff_ms(u8_t tries)
{
  u32_t ms = (u32_t)LWIP_X_DHCP_FIRST_RETRY_MS << LWIP_MIN(tries - 1, 4);

  ms = LWIP_MIN(ms, RETRY_MAX_MS);
  return ms - LWIP_MIN(ms / 2, 1000u) + random_below(2001);
}

/* Sending, by state. */

static void send_for_state(struct dhcp *d)
{
  if (d->tries < 0xFF) {
    d->tries++;
  }
  dhcp_send(d, d->state == DHCP_SELECTING   ? DHCP_WIRE_DISCOVER
               : d->state == DHCP_INFORMING ? DHCP_WIRE_INFORM
                                            : DHCP_WIRE_REQUEST);
}

/** Send, and again if nobody answers. */
static void ask(struct dhcp *d)
{
  send_for_state(d);
  wait_ms(d, backoff_ms(d->tries));
}

static void enter(struct dhcp *d, u8_t state)
{
  d->state = state;
  d->tries = 0;
}

/** A new exchange, which only those who hear it can answer. */
static void begin_exchange(struct dhcp *d, u8_t state)
{
  enter(d, state);
  d->xid = random_u32();
  d->x_start_ms = sys_now();
}

static void extend_lease(struct dhcp *d, u8_t state)
{
  begin_exchange(d, state);
  send_for_state(d);
  wait_in_lease(d);
}

static void lease_ended(struct dhcp *d)
{
  enter(d, DHCP_INIT);
  dhcp_discover(d);
  dhcp_drop_address(d);
}

static void lease_timer(struct dhcp *d)
{
  use_lease(d);
  if (d->x_used_s < state_ends_s(d)) {
    if (d->state != DHCP_BOUND) {
      send_for_state(d);
    }
    wait_in_lease(d);
  } else if (d->state == DHCP_BOUND) {
    extend_lease(d, DHCP_RENEWING);
  } else if (d->state == DHCP_RENEWING) {
    extend_lease(d, DHCP_REBINDING);
  } else {
    lease_ended(d);
  }
}

/** Nobody answered INIT-REBOOT: the lease holds nevertheless (section 3.2, 3). */
static void keep_lease(struct dhcp *d)
{
  use_lease(d);
  if (d->x_used_s < d->offered_t0_lease) {
    extend_lease(d, DHCP_REBINDING);
  } else {
    lease_ended(d);
  }
}

static void ask_again(struct dhcp *d)
{
  if (!has_link(d) && d->state != DHCP_REBOOTING) {
    dhcp_discover(d);
  } else if (d->state == DHCP_REQUESTING && d->tries >= TRIES_REQUESTING) {
    dhcp_discover(d);
  } else if (d->state == DHCP_REBOOTING && d->tries >= TRIES_REBOOTING) {
    keep_lease(d);
  } else if (d->state == DHCP_INFORMING && d->tries >= TRIES_INFORMING) {
    dhcp_rest(d);
  } else {
    ask(d);
    if (d->state == DHCP_SELECTING) {
      autoip_while_waiting(d);
    }
  }
}

static void on_timer(struct timer *t)
{
  struct dhcp *d = (struct dhcp *)(void *)((u8_t *)t - offsetof(struct dhcp, x_timer));

  if (DHCP_IN(d, DHCP_LEASED)) {
    lease_timer(d);
  } else if (d->state == DHCP_BACKING_OFF) {
    dhcp_discover(d);
  } else {
    ask_again(d);
  }
}

/* Conflicts. */

#if DHCP_DOES_ARP_CHECK

static struct acd *acd_of(struct dhcp *d)
{
  LWIP_ASSERT("struct lwip_x_acd has room", sizeof(struct acd) == sizeof(struct lwip_x_acd));
  return (struct acd *)(void *)&d->x_acd;
}

static void on_acd(struct acd *a, enum acd_event e)
{
  struct dhcp *d = (struct dhcp *)(void *)((u8_t *)a - offsetof(struct dhcp, x_acd));

  if (e != ACD_FREE) {
    dhcp_decline(d);
  } else if (d->state == DHCP_CHECKING) {
    dhcp_bind(d);
  }
}

static void stop_acd(struct dhcp *d)
{
  acd_stop(acd_of(d));
}

void dhcp_check(struct dhcp *d)
{
  if ((d->x_netif->flags & NETIF_FLAG_ETHARP) == 0) {
    dhcp_bind(d);
    return;
  }
  enter(d, DHCP_CHECKING);
  timer_stop(timer_of(d));
  acd_of(d)->quick = 1;
  acd_start(acd_of(d), d->x_netif, &d->offered_ip_addr, on_acd);
}

#else

static void stop_acd(struct dhcp *d)
{
  LWIP_UNUSED_ARG(d);
}

void dhcp_check(struct dhcp *d)
{
  dhcp_bind(d);
}

#endif

/* Entering states. */

void dhcp_discover(struct dhcp *d)
{
  stop_acd(d);
  if (!has_link(d)) {
    enter(d, DHCP_INIT);
    timer_stop(timer_of(d));
    return;
  }
  begin_exchange(d, DHCP_SELECTING);
  ask(d);
}

void dhcp_request(struct dhcp *d)
{
  enter(d, DHCP_REQUESTING);
  ask(d);
}

void dhcp_reboot(struct dhcp *d)
{
  begin_exchange(d, DHCP_REBOOTING);
  ask(d);
}

void dhcp_ask_parameters(struct dhcp *d)
{
  begin_exchange(d, DHCP_INFORMING);
  ask(d);
}

void dhcp_start_renewing(struct dhcp *d)
{
  use_lease(d);
  extend_lease(d, DHCP_RENEWING);
}

void dhcp_rest(struct dhcp *d)
{
  enter(d, DHCP_PERMANENT);
  timer_stop(timer_of(d));
}

void dhcp_bind(struct dhcp *d)
{
  enter(d, DHCP_BOUND);
  d->x_used_s = 0;
  d->x_clock_ms = sys_now();
  wait_in_lease(d);
  autoip_no_more(d);
  netif_set_addr(d->x_netif, &d->offered_ip_addr, &d->offered_sn_mask, &d->offered_gw_addr);
}

void dhcp_drop_address(struct dhcp *d)
{
  if (netif_ip4_addr(d->x_netif)->addr == dhcp_address(d)) {
    netif_set_addr(d->x_netif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
  }
}

static void back_off(struct dhcp *d)
{
  stop_acd(d);
  enter(d, DHCP_BACKING_OFF);
  wait_ms(d, BACK_OFF_MS);
}

void dhcp_refused(struct dhcp *d)
{
  if (d->state == DHCP_REQUESTING) {
    back_off(d); /* a server that offers and refuses must not make us spin */
    return;
  }
  dhcp_discover(d);
  dhcp_drop_address(d);
}

void dhcp_decline(struct dhcp *d)
{
  dhcp_send(d, DHCP_WIRE_DECLINE);
  back_off(d);
  dhcp_drop_address(d);
}

void dhcp_halt(struct dhcp *d)
{
  timer_stop(timer_of(d));
  stop_acd(d);
  autoip_no_more(d);
  dhcp_close_port(d);
  enter(d, DHCP_OFF);
}

#endif
