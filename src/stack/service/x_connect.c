/**
 * Happy Eyeballs (RFC 8305).
 *
 *   LOOKING --address--> KNOWN --step()--> TRYING --> won: the other attempt is aborted
 *      | none                                | failed: the other one is tried at once
 *      +----------------> FAILED <-----------+
 *
 * step() decides after every event what to do next; a timer says when the first attempt has had its head start.  The memory
 * stays until both look-ups have answered, because they cannot be called off.
 */
#include "lwip/x_connect.h"

#if LWIP_TCP && LWIP_DNS && LWIP_CALLBACK_API

#include "../base/core.h"
#include "../base/timer.h"
#include "lwip/dns.h"
#include "lwip/mem.h"
#include <stdbool.h>
#include <string.h>

enum { FIRST, SECOND, ATTEMPTS }; /* IPv6, IPv4 */

enum state { LOOKING, KNOWN, TRYING, FAILED };

struct attempt {
  struct lwip_x_connect *c;
  struct altcp_pcb *pcb;
  ip_addr_t addr;
  u8_t state;
};

struct lwip_x_connect {
  struct timer timer;
  struct attempt attempts[ATTEMPTS];
  lwip_x_allocator_t *allocator;
  lwip_x_connect_fn done;
  void *arg;
  u16_t port;
  err_t err;    /**< of the last attempt that failed */
  u8_t lookups; /**< that have not answered */
  bool due;     /**< the next attempt need not wait any more */
  bool over;
};

static void forget_if_over(struct lwip_x_connect *c)
{
  if (c->over && c->lookups == 0) {
    mem_free(c);
  }
}

/** Abort what is under way but @p winner, of which its callbacks are taken away. */
static void end_attempts(struct lwip_x_connect *c, const struct attempt *winner)
{
  int i;

  timer_stop(&c->timer);
  c->over = true;
  for (i = 0; i < ATTEMPTS; i++) {
    struct attempt *a = &c->attempts[i];
    if (a->state == TRYING) {
      altcp_arg(a->pcb, NULL);
      altcp_err(a->pcb, NULL);
      if (a != winner) {
        altcp_abort(a->pcb);
      }
      a->state = FAILED;
    }
  }
}

static err_t finish(struct lwip_x_connect *c, struct attempt *winner)
{
  struct altcp_pcb *pcb = winner != NULL ? winner->pcb : NULL;
  err_t err;

  end_attempts(c, winner);
  err = c->done(c->arg, pcb, pcb != NULL ? ERR_OK : c->err);
  forget_if_over(c);
  return err;
}

static void step(struct lwip_x_connect *c);

static err_t on_connected(void *arg, struct altcp_pcb *pcb, err_t err)
{
  struct attempt *a = (struct attempt *)arg;

  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(err); /* always ERR_OK */
  return finish(a->c, a);
}

/** The attempt has failed; its pcb is gone. */
static void on_error(void *arg, err_t err)
{
  struct attempt *a = (struct attempt *)arg;

  a->state = FAILED;
  a->c->err = err;
  a->c->due = true;
  step(a->c);
}

static void ring(struct timer *t)
{
  struct lwip_x_connect *c = container_of(t, struct lwip_x_connect, timer);

  c->due = true;
  step(c);
}

/** The look-ups were begun: what is known at once is used outside of lwip_x_connect(). */
static void ring_first(struct timer *t)
{
  step(container_of(t, struct lwip_x_connect, timer));
}

static err_t begin(struct lwip_x_connect *c, struct attempt *a)
{
  err_t err;

  a->pcb = altcp_new_ip_type(c->allocator, IP_GET_TYPE(&a->addr));
  if (a->pcb == NULL) {
    return ERR_MEM;
  }
  altcp_arg(a->pcb, a);
  altcp_err(a->pcb, on_error);
  err = altcp_connect(a->pcb, &a->addr, c->port, on_connected);
  if (err != ERR_OK) {
    altcp_err(a->pcb, NULL);
    altcp_abort(a->pcb);
  }
  return err;
}

static void attempt(struct lwip_x_connect *c, struct attempt *a)
{
  const err_t err = begin(c, a);

  c->due = err != ERR_OK;
  if (err != ERR_OK) {
    a->state = FAILED;
    c->err = err;
  } else {
    a->state = TRYING;
    timer_set(&c->timer, LWIP_X_CONNECT_ATTEMPT_DELAY_MS, ring);
  }
}

/** What to try next, if it is time.  @return NULL: nothing, or not yet */
static struct attempt *next(struct lwip_x_connect *c)
{
  struct attempt *a = c->attempts;
  const bool trying = a[FIRST].state == TRYING || a[SECOND].state == TRYING;

  if (trying && !c->due) {
    return NULL;
  }
  if (a[FIRST].state == KNOWN) {
    return &a[FIRST];
  }
  if (a[SECOND].state != KNOWN) {
    return NULL;
  }
  if (a[FIRST].state == LOOKING && !c->due) {
    timer_set(&c->timer, LWIP_X_CONNECT_RESOLUTION_DELAY_MS, ring);
    return NULL;
  }
  return &a[SECOND];
}

static void step(struct lwip_x_connect *c)
{
  struct attempt *a;

  while ((a = next(c)) != NULL) {
    attempt(c, a);
  }
  if (c->attempts[FIRST].state == FAILED && c->attempts[SECOND].state == FAILED) {
    (void)finish(c, NULL);
  }
}

static void answered(struct attempt *a, const ip_addr_t *addr)
{
  a->state = addr != NULL ? KNOWN : FAILED;
  if (addr != NULL) {
    ip_addr_copy(a->addr, *addr);
  }
}

static void on_found(const char *name, const ip_addr_t *addr, void *arg)
{
  struct attempt *a = (struct attempt *)arg;
  struct lwip_x_connect *c = a->c;

  LWIP_UNUSED_ARG(name);
  c->lookups--;
  if (c->over) {
    forget_if_over(c);
  } else {
    answered(a, addr);
    step(c);
  }
}

static void look_up(struct attempt *a, const char *host, u8_t addrtype)
{
  ip_addr_t addr;
  const err_t err = dns_gethostbyname_addrtype(host, &addr, on_found, a, addrtype);

  if (err == ERR_INPROGRESS) {
    a->c->lookups++;
  } else {
    answered(a, err == ERR_OK ? &addr : NULL);
  }
}

/** An address that is written out is of one family only: the other look-up gives the same. */
static void look_up_both(struct lwip_x_connect *c, const char *host)
{
  struct attempt *a = c->attempts;

  look_up(&a[FIRST], host, LWIP_IPV6 ? LWIP_DNS_ADDRTYPE_IPV6 : LWIP_DNS_ADDRTYPE_IPV4);
  if (LWIP_IPV4 && LWIP_IPV6) {
    look_up(&a[SECOND], host, LWIP_DNS_ADDRTYPE_IPV4);
  } else {
    a[SECOND].state = FAILED;
  }
  if (a[FIRST].state == KNOWN && a[SECOND].state == KNOWN && ip_addr_eq(&a[FIRST].addr, &a[SECOND].addr)) {
    a[SECOND].state = FAILED;
  }
}

struct lwip_x_connect *lwip_x_connect(const char *host, u16_t port, lwip_x_allocator_t *allocator,
                                      lwip_x_connect_fn done, void *arg)
{
  struct lwip_x_connect *c;

  if (host == NULL || done == NULL || !core_enter()) {
    return NULL;
  }
  c = (struct lwip_x_connect *)mem_calloc(1, sizeof *c);
  if (c != NULL) {
    c->attempts[FIRST].c = c->attempts[SECOND].c = c;
    c->allocator = allocator;
    c->done = done;
    c->arg = arg;
    c->port = port;
    c->err = ERR_VAL;
    look_up_both(c, host);
    timer_set(&c->timer, 0, ring_first); /* not from within this call */
  }
  core_leave();
  return c;
}

void lwip_x_connect_abort(struct lwip_x_connect *c)
{
  if (c != NULL && !c->over && core_enter()) {
    end_attempts(c, NULL);
    forget_if_over(c);
    core_leave();
  }
}

#endif
