/**
 * The stack's thread: it runs the timers and whatever comes by its mailbox.
 *
 * It sleeps until the next deadline, exactly.  With LWIP_TCPIP_CORE_LOCKING other threads work inside the core themselves and
 * may arm a timer that is due before it wakes: who leaves the core looks, and then posts an empty message.
 */
#include "tcpip_call.h"

#if !NO_SYS

#include "../base/core.h"
#include "../base/seq.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "lwip/init.h"
#include "lwip/ip.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/pbuf.h"
#include "netif/ethernet.h"

static sys_mbox_t mbox;
static tcpip_init_done_fn init_done;
static void *init_done_arg;

#if LWIP_TCPIP_CORE_LOCKING

sys_mutex_t lock_tcpip_core;

/* Guarded by the lock. */
static bool asleep;    /**< until a message comes, or ... */
static bool wakes;     /**< ... until */
static u32_t wakes_at; /**< this time, ms */

void lwip_x_core_unlock(void)
{
  if (asleep) {
    const struct timer *t = timers_first();

    if (t != NULL && (!wakes || seq_lt(t->at, wakes_at))) {
      asleep = false;
      (void)sys_mbox_trypost(&mbox, NULL); /* full: then it is about to wake anyway */
    }
  }
  sys_mutex_unlock(&lock_tcpip_core);
}

static void fall_asleep(u32_t ms)
{
  const struct timer *t = timers_first();

  wakes = ms != 0 && t != NULL;
  wakes_at = wakes ? t->at : 0;
  asleep = true;
  sys_mutex_unlock(&lock_tcpip_core);
}

static void wake_up(void)
{
  LOCK_TCPIP_CORE();
  asleep = false;
}

/** Let who waits for the core have it. */
static inline void give_way(void)
{
  sys_mutex_unlock(&lock_tcpip_core);
  sys_mutex_lock(&lock_tcpip_core);
}

static bool make_lock(void)
{
  return sys_mutex_new(&lock_tcpip_core) == ERR_OK;
}

#else

static inline void fall_asleep(u32_t ms)
{
  LWIP_UNUSED_ARG(ms);
}

static inline void wake_up(void)
{
}

static inline void give_way(void)
{
}

static inline bool make_lock(void)
{
  return true;
}

#endif

/* ---- What a message asks for ---- */

static void do_callback(struct tcpip_msg *msg)
{
  tcpip_callback_fn function = msg->msg.cb.function;
  void *ctx = msg->msg.cb.ctx;

  if (msg->type == TCPIP_MSG_CALLBACK) {
    memp_free(MEMP_TCPIP_MSG_API, msg);
  }
  function(ctx);
}

#if !LWIP_TCPIP_CORE_LOCKING

static void do_call(struct tcpip_msg *msg)
{
  if (msg->type == TCPIP_MSG_API) {
    msg->msg.api_msg.function(msg->msg.api_msg.msg);
  } else {
    struct tcpip_api_call_data *call = msg->msg.api_call.arg;

    call->err = msg->msg.api_call.function(call);
    sys_sem_signal(msg->msg.api_call.sem);
  }
}

#else

static inline void do_call(struct tcpip_msg *msg)
{
  LWIP_UNUSED_ARG(msg);
}

#endif

#if LWIP_ETHERNET

static netif_input_fn input_of(const struct netif *nif)
{
  return (nif->flags & (NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET)) ? ethernet_input : ip_input;
}

#else

static netif_input_fn input_of(const struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  return ip_input;
}

#endif

#if !LWIP_TCPIP_CORE_LOCKING_INPUT

/*
 * Nearly every received packet needs no message: it says itself where it came in (if_idx), and how it is taken follows from that.
 * In the mailbox its address is odd, which that of a message never is.  As many may wait as there are messages for others.
 */
enum { PACKETS_MAX = MEMP_MEM_MALLOC ? 0xFFFF : MEMP_NUM_TCPIP_MSG_INPKT };

static u16_t packets; /* that wait */

static bool is_odd(const void *m)
{
  return ((mem_ptr_t)m & 1) != 0;
}

static bool is_packet(const void *m)
{
  return MEM_ALIGNMENT > 1 && is_odd(m);
}

static bool goes_alone(const struct pbuf *p, const struct netif *inp, netif_input_fn input_fn)
{
  return MEM_ALIGNMENT > 1 && !is_odd(p) && input_fn == input_of(inp) &&
         (p->if_idx == NETIF_NO_INDEX || p->if_idx == netif_get_index(inp));
}

static bool packet_may_wait(void)
{
  bool may;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  may = packets < PACKETS_MAX;
  packets = (u16_t)(packets + may);
  SYS_ARCH_UNPROTECT(lev);
  return may;
}

static err_t post_packet(struct pbuf *p, const struct netif *inp)
{
  if (!packet_may_wait()) {
    return ERR_MEM;
  }
  p->if_idx = netif_get_index(inp);
  if (sys_mbox_trypost(&mbox, (u8_t *)p + 1) != ERR_OK) {
    SYS_ARCH_DEC(packets, 1);
    return ERR_MEM;
  }
  return ERR_OK;
}

static void take(struct pbuf *p, struct netif *nif, netif_input_fn input_fn)
{
  if (input_fn(p, nif) != ERR_OK) {
    pbuf_free(p);
  }
}

/* Its interface may have gone meanwhile. */
static void do_packet(void *m)
{
  struct pbuf *p = (struct pbuf *)(void *)((u8_t *)m - 1);
  struct netif *nif = netif_get_by_index(p->if_idx);

  SYS_ARCH_DEC(packets, 1);
  if (nif == NULL) {
    drop(p, DROP_NETIF_DOWN);
  } else {
    take(p, nif, input_of(nif));
  }
}

static void do_input(struct tcpip_msg *msg)
{
  struct pbuf *p = msg->msg.inp.p;
  struct netif *nif = msg->msg.inp.netif;
  netif_input_fn input_fn = msg->msg.inp.input_fn;

  memp_free(MEMP_TCPIP_MSG_INPKT, msg);
  take(p, nif, input_fn);
}

#define IS_INPUT(type) ((type) == TCPIP_MSG_INPKT)

#else

static inline bool is_packet(const void *m)
{
  LWIP_UNUSED_ARG(m);
  return false;
}

static inline void do_packet(void *m)
{
  LWIP_UNUSED_ARG(m);
}

static inline void do_input(struct tcpip_msg *msg)
{
  LWIP_UNUSED_ARG(msg);
}

#define IS_INPUT(type) false

#endif

#if LWIP_TCPIP_TIMEOUT && LWIP_TIMERS

static void do_timeout(struct tcpip_msg *msg)
{
  u32_t msecs = msg->msg.tmo.msecs;
  sys_timeout_handler h = msg->msg.tmo.h;
  void *arg = msg->msg.tmo.arg;
  bool start = msg->type == TCPIP_MSG_TIMEOUT;

  memp_free(MEMP_TCPIP_MSG_API, msg);
  if (start) {
    sys_timeout(msecs, h, arg);
  } else {
    sys_untimeout(h, arg);
  }
}

#define IS_TIMEOUT(type) ((type) == TCPIP_MSG_TIMEOUT || (type) == TCPIP_MSG_UNTIMEOUT)

#else

static inline void do_timeout(struct tcpip_msg *msg)
{
  LWIP_UNUSED_ARG(msg);
}

#define IS_TIMEOUT(type) false

#endif

static void handle(void *m)
{
  struct tcpip_msg *msg = (struct tcpip_msg *)m;

  if (is_packet(m)) {
    do_packet(m);
  } else if (msg == NULL) {
    return; /* it was only to wake us up */
  } else if (IS_INPUT(msg->type)) {
    do_input(msg);
  } else if (msg->type == TCPIP_MSG_CALLBACK || msg->type == TCPIP_MSG_CALLBACK_STATIC) {
    do_callback(msg);
  } else if (IS_TIMEOUT(msg->type)) {
    do_timeout(msg);
  } else {
    do_call(msg);
  }
}

/* ---- The thread ---- */

/** Messages that are there, but not so many that timers wait for long. */
static void take_messages(void)
{
  void *msg = NULL;
  unsigned n = 0;

  while (n++ < LWIP_X_TCPIP_BATCH && sys_arch_mbox_tryfetch(&mbox, &msg) != SYS_MBOX_EMPTY) {
    handle(msg);
  }
}

/** Sleep @p ms (0: for ever) or until a message comes. */
static void await_message(u32_t ms)
{
  void *msg = NULL;
  u32_t waited;

  fall_asleep(ms);
  LWIP_TCPIP_THREAD_ALIVE();
  waited = sys_arch_mbox_fetch(&mbox, &msg, ms);
  wake_up();
  if (waited != SYS_ARCH_TIMEOUT) {
    handle(msg);
    take_messages();
  }
}

#if LWIP_TIMERS

/** Timers may be due again at once, as those of the loopback interface are: messages and other threads have their turn. */
static void work(void)
{
  u32_t ms = sys_timeouts_sleeptime();

  if (ms != 0) {
    await_message(ms == SYS_TIMEOUTS_SLEEPTIME_INFINITE ? 0 : ms);
    return;
  }
  sys_check_timeouts();
  give_way();
  take_messages();
}

#else

static void work(void)
{
  await_message(0);
}

#endif

static void tcpip_thread(void *arg)
{
  LWIP_UNUSED_ARG(arg);
  LWIP_MARK_TCPIP_THREAD();
  wake_up();
  core_owned();
  if (init_done != NULL) {
    init_done(init_done_arg);
  }
  for (;;) {
    work();
  }
}

bool tcpip_started(void)
{
  return sys_mbox_valid(&mbox);
}

void tcpip_init(tcpip_init_done_fn tcpip_init_done, void *arg)
{
  lwip_init();
  if (sys_mbox_valid(&mbox)) {
    (void)tcpip_callback(tcpip_init_done, arg); /* it runs already */
    return;
  }
  init_done = tcpip_init_done;
  init_done_arg = arg;
  if (sys_mbox_new(&mbox, TCPIP_MBOX_SIZE) != ERR_OK || !make_lock()) {
    LWIP_ASSERT("tcpip_init: no memory for the mailbox and the lock", false);
    return;
  }
  (void)sys_thread_new(TCPIP_THREAD_NAME, tcpip_thread, NULL, TCPIP_THREAD_STACKSIZE, TCPIP_THREAD_PRIO);
}

#ifdef TCPIP_THREAD_TEST

int tcpip_thread_poll_one(void)
{
  void *msg = NULL;

  if (sys_arch_mbox_tryfetch(&mbox, &msg) == SYS_MBOX_EMPTY) {
    return 0;
  }
  wake_up();
  handle(msg);
  fall_asleep(0);
  return 1;
}

#endif

/* ---- Callbacks ---- */

static struct tcpip_msg *new_callback(enum tcpip_msg_type type, tcpip_callback_fn function, void *ctx)
{
  struct tcpip_msg *msg = NULL;

  if (function != NULL && sys_mbox_valid(&mbox)) {
    msg = (struct tcpip_msg *)memp_malloc(MEMP_TCPIP_MSG_API);
  }
  if (msg != NULL) {
    msg->type = type;
    msg->msg.cb.function = function;
    msg->msg.cb.ctx = ctx;
  }
  return msg;
}

/** Takes @p msg. */
static err_t try_post(struct tcpip_msg *msg)
{
  if (msg == NULL) {
    return ERR_MEM;
  }
  if (sys_mbox_trypost(&mbox, msg) != ERR_OK) {
    memp_free(MEMP_TCPIP_MSG_API, msg);
    return ERR_MEM;
  }
  return ERR_OK;
}

/** Takes @p msg.  Who is inside must not wait for the thread, which waits for them, or is them. */
static err_t post(struct tcpip_msg *msg)
{
  if (msg == NULL || core_inside()) {
    return try_post(msg);
  }
  sys_mbox_post(&mbox, msg);
  return ERR_OK;
}

err_t tcpip_callback(tcpip_callback_fn function, void *ctx)
{
  struct tcpip_msg *msg = new_callback(TCPIP_MSG_CALLBACK, function, ctx);

  return post(msg);
}

err_t tcpip_try_callback(tcpip_callback_fn function, void *ctx)
{
  return try_post(new_callback(TCPIP_MSG_CALLBACK, function, ctx));
}

struct tcpip_callback_msg *tcpip_callbackmsg_new(tcpip_callback_fn function, void *ctx)
{
  return (struct tcpip_callback_msg *)new_callback(TCPIP_MSG_CALLBACK_STATIC, function, ctx);
}

void tcpip_callbackmsg_delete(struct tcpip_callback_msg *msg)
{
  memp_free(MEMP_TCPIP_MSG_API, msg);
}

err_t tcpip_callbackmsg_trycallback(struct tcpip_callback_msg *msg)
{
  return msg == NULL ? ERR_ARG : sys_mbox_trypost(&mbox, msg);
}

err_t tcpip_callbackmsg_trycallback_fromisr(struct tcpip_callback_msg *msg)
{
  return msg == NULL ? ERR_ARG : sys_mbox_trypost_fromisr(&mbox, msg);
}

static void free_pbuf(void *p)
{
  pbuf_free((struct pbuf *)p);
}

err_t pbuf_free_callback(struct pbuf *p)
{
  return tcpip_try_callback(free_pbuf, p);
}

err_t mem_free_callback(void *m)
{
  return tcpip_try_callback(mem_free, m);
}

/* ---- Timeouts ---- */

#if LWIP_TCPIP_TIMEOUT && LWIP_TIMERS

static err_t post_timeout(enum tcpip_msg_type type, u32_t msecs, sys_timeout_handler h, void *arg)
{
  struct tcpip_msg *msg = new_callback(type, h, arg);

  if (msg == NULL) {
    return ERR_MEM;
  }
  msg->msg.tmo.msecs = msecs;
  msg->msg.tmo.h = h;
  msg->msg.tmo.arg = arg;
  return post(msg);
}

err_t tcpip_timeout(u32_t msecs, sys_timeout_handler h, void *arg)
{
  return post_timeout(TCPIP_MSG_TIMEOUT, msecs, h, arg);
}

err_t tcpip_untimeout(sys_timeout_handler h, void *arg)
{
  return post_timeout(TCPIP_MSG_UNTIMEOUT, 0, h, arg);
}

#endif

/* ---- Packets ---- */

#if LWIP_TCPIP_CORE_LOCKING_INPUT

err_t tcpip_inpkt(struct pbuf *p, struct netif *inp, netif_input_fn input_fn)
{
  err_t err;

  if (p == NULL || inp == NULL || input_fn == NULL || !sys_mbox_valid(&mbox)) {
    return ERR_ARG;
  }
  LOCK_TCPIP_CORE();
  err = input_fn(p, inp);
  UNLOCK_TCPIP_CORE();
  return err;
}

#else

err_t tcpip_inpkt(struct pbuf *p, struct netif *inp, netif_input_fn input_fn)
{
  struct tcpip_msg *msg;

  if (p == NULL || inp == NULL || input_fn == NULL || !sys_mbox_valid(&mbox)) {
    return ERR_ARG;
  }
  if (goes_alone(p, inp, input_fn)) {
    return post_packet(p, inp);
  }
  msg = (struct tcpip_msg *)memp_malloc(MEMP_TCPIP_MSG_INPKT);
  if (msg == NULL) {
    return ERR_MEM;
  }
  msg->type = TCPIP_MSG_INPKT;
  msg->msg.inp.p = p;
  msg->msg.inp.netif = inp;
  msg->msg.inp.input_fn = input_fn;
  if (sys_mbox_trypost(&mbox, msg) != ERR_OK) {
    memp_free(MEMP_TCPIP_MSG_INPKT, msg);
    return ERR_MEM;
  }
  return ERR_OK;
}

#endif

err_t tcpip_input(struct pbuf *p, struct netif *inp)
{
  return tcpip_inpkt(p, inp, inp != NULL ? input_of(inp) : NULL);
}

/* ---- Calls ---- */

#if LWIP_TCPIP_CORE_LOCKING

err_t tcpip_api_call(tcpip_api_call_fn fn, struct tcpip_api_call_data *call)
{
  err_t err;

  LOCK_TCPIP_CORE();
  err = fn(call);
  UNLOCK_TCPIP_CORE();
  return err;
}

#else

void tcpip_post_call(struct tcpip_msg *msg)
{
  sys_mbox_post(&mbox, msg);
}

static void post_and_wait(struct tcpip_msg *msg, tcpip_api_call_fn fn, struct tcpip_api_call_data *call, sys_sem_t *sem)
{
  msg->type = TCPIP_MSG_API_CALL;
  msg->msg.api_call.function = fn;
  msg->msg.api_call.arg = call;
  msg->msg.api_call.sem = sem;
  tcpip_post_call(msg);
  sys_sem_wait(sem);
}

#if LWIP_MPU_COMPATIBLE

/* The stack's thread cannot see our stack. */
static err_t call_and_wait(tcpip_api_call_fn fn, struct tcpip_api_call_data *call, sys_sem_t *sem)
{
  struct tcpip_msg *msg = (struct tcpip_msg *)memp_malloc(MEMP_TCPIP_MSG_API);

  if (msg == NULL) {
    return ERR_MEM;
  }
  post_and_wait(msg, fn, call, sem);
  memp_free(MEMP_TCPIP_MSG_API, msg);
  return call->err;
}

#else

static err_t call_and_wait(tcpip_api_call_fn fn, struct tcpip_api_call_data *call, sys_sem_t *sem)
{
  struct tcpip_msg msg;

  post_and_wait(&msg, fn, call, sem);
  return call->err;
}

#endif

err_t tcpip_api_call(tcpip_api_call_fn fn, struct tcpip_api_call_data *call)
{
  err_t err;

  if (!sys_mbox_valid(&mbox)) {
    return ERR_VAL;
  }
  if (core_inside()) {
    return fn(call); /* waiting for ourselves would take long */
  }
#if LWIP_NETCONN_SEM_PER_THREAD
  {
    sys_sem_t *sem = LWIP_NETCONN_THREAD_SEM_GET();

    err = sem != NULL ? call_and_wait(fn, call, sem) : ERR_MEM;
  }
#else
  err = sys_sem_new(&call->sem, 0);
  if (err == ERR_OK) {
    err = call_and_wait(fn, call, &call->sem);
    sys_sem_free(&call->sem);
  }
#endif
  return err;
}

#endif

#endif
