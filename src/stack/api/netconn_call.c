/**
 * Calls into the core that may have to wait there.
 *
 * Who finishes a call sets api_msg.done and then signals the semaphore: once, and the thread that waits takes that signal,
 * because semaphore and call may be gone right after it.  With the core lock the waiting thread keeps its time; without, the
 * stack's thread does, so that there is nobody else who could end the call.
 *
 * Without LWIP_NETCONN_SEM_PER_THREAD the first that waits in a netconn takes the netconn's semaphore and others make one.
 * A netconn that is deleted meanwhile lives until that first one has left the semaphore.
 */
#include "netconn_core.h"

#if LWIP_NETCONN

#include "tcpip_call.h"
#include "../base/core.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "lwip/memp.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"

/* ---- Whose semaphore? ---- */

#if LWIP_NETCONN_SEM_PER_THREAD

static err_t sem_begin(struct api_msg *m)
{
  m->sem = LWIP_NETCONN_THREAD_SEM_GET();
  return m->sem != NULL ? ERR_OK : ERR_MEM;
}

static void sem_end(struct api_msg *m)
{
  LWIP_UNUSED_ARG(m);
}

void netconn_release(struct netconn *conn)
{
  memp_free(MEMP_NETCONN, conn);
}

#else

static void free_now(struct netconn *conn)
{
  sys_sem_free(&conn->op_completed);
  memp_free(MEMP_NETCONN, conn);
}

static bool sem_is_free(struct netconn *conn)
{
  bool is_free;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  is_free = conn->x_sem == 0;
  conn->x_sem |= NETCONN_SEM_BUSY;
  SYS_ARCH_UNPROTECT(lev);
  return is_free;
}

static err_t sem_begin(struct api_msg *m)
{
  if (m->conn != NULL && sem_is_free(m->conn)) {
    m->sem = &m->conn->op_completed;
    return ERR_OK;
  }
  m->sem = &m->own;
  return sys_sem_new(&m->own, 0);
}

static void sem_end(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  bool last;
  SYS_ARCH_DECL_PROTECT(lev);

  if (m->sem == &m->own) {
    sys_sem_free(&m->own);
    return;
  }
  SYS_ARCH_PROTECT(lev);
  last = conn->x_sem == (NETCONN_SEM_BUSY | NETCONN_SEM_ORPHAN);
  conn->x_sem = 0;
  SYS_ARCH_UNPROTECT(lev);
  if (last) {
    free_now(conn);
  }
}

void netconn_release(struct netconn *conn)
{
  bool busy;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  busy = conn->x_sem != 0;
  conn->x_sem |= NETCONN_SEM_ORPHAN;
  SYS_ARCH_UNPROTECT(lev);
  if (!busy) {
    free_now(conn);
  }
}

#endif

/* ---- The list, inside the core ---- */

static void enlist(struct api_msg *m)
{
  struct api_msg **link;

  if (m->conn == NULL) {
    return; /* a look-up finds its call by itself */
  }
  for (link = &m->conn->current_msg; *link != NULL; link = &(*link)->next) {}
  m->next = NULL;
  *link = m;
}

static void delist(struct api_msg *m)
{
  struct api_msg **link;

  m->waits = 0;
  if (m->conn == NULL) {
    return;
  }
  for (link = &m->conn->current_msg; *link != m; link = &(*link)->next) {}
  *link = m->next;
}

#if LWIP_TCPIP_CORE_LOCKING

static void stop_clock(struct api_msg *m)
{
  LWIP_UNUSED_ARG(m);
}

#else

static struct timer *clock_of(struct api_msg *m)
{
  return (struct timer *)(void *)&m->late;
}

static void stop_clock(struct api_msg *m)
{
  timer_stop(clock_of(m));
}

#endif

void netconn_done(struct api_msg *m)
{
  sys_sem_t *sem = m->sem;

  stop_clock(m);
  m->waits = 0;
  SYS_ARCH_SET(m->done, 1);
  sys_sem_signal(sem);
}

/** One round over the list.  A step may change the netconn again: then another round follows. */
static void run_steps(struct netconn *conn, u8_t what)
{
  struct api_msg *m = conn->current_msg, *next;

  for (; m != NULL; m = next) {
    err_t err = (m->waits & what) ? m->step(m) : NETCONN_PENDING;

    next = m->next;
    if (err != NETCONN_PENDING) {
      delist(m);
      m->err = err;
      netconn_done(m);
    }
  }
}

void netconn_changed(struct netconn *conn, u8_t what)
{
  if (conn->current_msg == NULL) {
    return;
  }
  if (conn->x_state & NETCONN_X_STEPPING) {
    conn->x_state |= NETCONN_X_AGAIN;
    return;
  }
  conn->x_state |= NETCONN_X_STEPPING;
  run_steps(conn, what);
  while (conn->x_state & NETCONN_X_AGAIN) {
    conn->x_state &= (u8_t)~NETCONN_X_AGAIN;
    run_steps(conn, NETCONN_WAITS_ANY);
  }
  conn->x_state &= (u8_t)~NETCONN_X_STEPPING;
}

/** Its time is over. */
static err_t late(struct api_msg *m)
{
#if LWIP_TCP
  if (m->waits == NETCONN_WAITS_TX) {
    return netconn_write_late(m);
  }
  if (m->waits == NETCONN_WAITS_END) {
    return netconn_close_late(m);
  }
#endif
  LWIP_UNUSED_ARG(m);
  return ERR_TIMEOUT;
}

/** Take @p m out of the list.  @return false: it was done just now */
static bool cancel(struct api_msg *m, err_t (*result)(struct api_msg *))
{
  if (m->waits == 0) {
    return false;
  }
  m->err = result(m);
  delist(m);
  return true;
}

/* ---- The thread ---- */

static bool is_done(struct api_msg *m)
{
  u8_t done;

  SYS_ARCH_GET(m->done, done);
  return done != 0;
}

#if LWIP_TCPIP_CORE_LOCKING

static void give_up(struct api_msg *m)
{
  bool cancelled;

  LOCK_TCPIP_CORE();
  cancelled = cancel(m, late);
  UNLOCK_TCPIP_CORE();
  if (!cancelled) {
    sys_sem_wait(m->sem); /* the signal that came too late */
  }
}

static void await(struct api_msg *m)
{
  do {
    if (sys_arch_sem_wait(m->sem, m->timeout) == SYS_ARCH_TIMEOUT) {
      give_up(m);
      return;
    }
  } while (!is_done(m));
}

static err_t must_not_wait(struct api_msg *m)
{
  LWIP_UNUSED_ARG(m);
  drop_count(DROP_WRONG_CONTEXT);
  return ERR_INPROGRESS;
}

/** With the core locked.  @return false: it cannot wait, and m->err says why */
static bool prepare_to_wait(struct api_msg *m)
{
  err_t err = sem_begin(m);

  if (err == ERR_OK) {
    enlist(m);
    return true;
  }
  m->waits = 0;
  m->err = err;
  return false;
}

static err_t run(struct api_msg *m)
{
  bool waits;

  LOCK_TCPIP_CORE();
  m->err = m->step(m);
  waits = m->err == NETCONN_PENDING && prepare_to_wait(m);
  UNLOCK_TCPIP_CORE();
  if (!waits) {
    return m->err;
  }
  if (core_inside() && m->conn != NULL && cancel(m, must_not_wait)) {
    sem_end(m);
    return m->err; /* the caller holds the lock himself: nothing would ever happen */
  }
  await(m);
  sem_end(m);
  return m->err;
}

#else

#define CLOCK_MAX 0x7FFFFFFFu

static void ring(struct timer *t)
{
  struct api_msg *m = container_of(t, struct api_msg, late);

  if (cancel(m, late)) {
    netconn_done(m);
  }
}

/** What the stack's thread calls. */
static void run_in_thread(void *arg)
{
  struct api_msg *m = (struct api_msg *)arg;

  m->err = m->step(m);
  if (m->err != NETCONN_PENDING) {
    netconn_done(m);
    return;
  }
  enlist(m);
  if (m->timeout != 0) {
    timer_set(clock_of(m), LWIP_MIN(m->timeout, CLOCK_MAX), ring);
  }
}

static void post(struct api_msg *m)
{
  m->post.type = TCPIP_MSG_API;
  m->post.msg.api_msg.function = run_in_thread;
  m->post.msg.api_msg.msg = m;
  tcpip_post_call(&m->post);
}

static void await(struct api_msg *m)
{
  do {
    sys_sem_wait(m->sem);
  } while (!is_done(m));
}

static err_t run(struct api_msg *m)
{
  if (core_inside()) {
    m->err = m->step(m);
    return m->err != NETCONN_PENDING ? m->err : ERR_INPROGRESS;
  }
  m->err = sem_begin(m);
  if (m->err != ERR_OK) {
    return m->err;
  }
  post(m);
  await(m);
  sem_end(m);
  return m->err;
}

#endif

#if LWIP_MPU_COMPATIBLE

/* The stack's thread cannot see our stack. */
err_t netconn_call(struct api_msg *m)
{
  struct api_msg *shared = (struct api_msg *)memp_malloc(MEMP_API_MSG);

  if (shared == NULL) {
    return ERR_MEM;
  }
  *shared = *m;
  shared->waits = shared->done = 0;
  run(shared);
  *m = *shared;
  memp_free(MEMP_API_MSG, shared);
  return m->err;
}

#else

err_t netconn_call(struct api_msg *m)
{
  m->waits = m->done = 0;
  return run(m);
}

#endif

err_t netconn_gone(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  err_t err = m->waits ? conn->x_why : conn->pending_err;

  if (err == conn->pending_err) {
    conn->pending_err = ERR_OK;
  }
  return err != ERR_OK ? err : ERR_CONN;
}

#if LWIP_NETCONN_SEM_PER_THREAD

void netconn_thread_init(void)
{
  LWIP_NETCONN_THREAD_SEM_ALLOC();
}

void netconn_thread_cleanup(void)
{
  LWIP_NETCONN_THREAD_SEM_FREE();
}

#endif

#endif
