/**
 * A semaphore for each thread, without the kernel's help: a list by thread.  An entry is made when its thread first asks and
 * goes with LWIP_NETCONN_THREAD_SEM_FREE(); a new thread that gets the handle of one that forgot inherits it.
 */
#include "lwip/sys.h"

#if LWIP_NETCONN_SEM_PER_THREAD && \
  (LWIP_X_PORT_CMSIS_RTOS2 || (LWIP_X_PORT_FREERTOS && configNUM_THREAD_LOCAL_STORAGE_POINTERS == 0))

#include "lwip/mem.h"

struct thread_sem {
  struct thread_sem *next;
  LWIP_X_THREAD_T thread;
  sys_sem_t sem;
};

static struct thread_sem *first;

/** Entries come at the front and go at the hand of their own thread: a walk needs protection only against that. */
static struct thread_sem *find(LWIP_X_THREAD_T thread)
{
  struct thread_sem *t;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  for (t = first; t != NULL && t->thread != thread; t = t->next) {}
  SYS_ARCH_UNPROTECT(lev);
  return t;
}

static struct thread_sem *make(LWIP_X_THREAD_T thread)
{
  struct thread_sem *t = (struct thread_sem *)mem_malloc(sizeof(*t));
  SYS_ARCH_DECL_PROTECT(lev);

  if (t == NULL) {
    return NULL;
  }
  if (sys_sem_new(&t->sem, 0) != ERR_OK) {
    mem_free(t);
    return NULL;
  }
  t->thread = thread;
  SYS_ARCH_PROTECT(lev);
  t->next = first;
  first = t;
  SYS_ARCH_UNPROTECT(lev);
  return t;
}

sys_sem_t *lwip_x_thread_sem(void)
{
  LWIP_X_THREAD_T self = LWIP_X_THREAD_SELF();
  struct thread_sem *t = find(self);

  if (t == NULL) {
    t = make(self);
  }
  return t != NULL ? &t->sem : NULL;
}

void lwip_x_thread_sem_free(void)
{
  struct thread_sem **link, *t = find(LWIP_X_THREAD_SELF());
  SYS_ARCH_DECL_PROTECT(lev);

  if (t == NULL) {
    return;
  }
  SYS_ARCH_PROTECT(lev);
  for (link = &first; *link != t; link = &(*link)->next) {}
  *link = t->next;
  SYS_ARCH_UNPROTECT(lev);
  sys_sem_free(&t->sem);
  mem_free(t);
}

#endif
