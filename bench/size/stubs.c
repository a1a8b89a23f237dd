/* "hardware", clock, and a stub sys_arch that does nothing: only there to link */
#include "lwip/opt.h"
#include "lwip/sys.h"
#include "lwip/err.h"
volatile int hw_rx_len, hw_tx_go;
unsigned char hw_rx[1536], hw_tx[1536];
volatile uint32_t hw_ms;
u32_t sys_now(void)
{
  return hw_ms;
}
u32_t sys_jiffies(void)
{
  return hw_ms;
}
uint32_t port_rand(void)
{
  return hw_ms * 1103515245u;
}
#if !NO_SYS
void sys_init(void)
{
}
err_t sys_sem_new(sys_sem_t *s, u8_t c)
{
  s->h = s;
  (void)c;
  return 0;
}
void sys_sem_free(sys_sem_t *s)
{
  (void)s;
}
void sys_sem_signal(sys_sem_t *s)
{
  (void)s;
}
u32_t sys_arch_sem_wait(sys_sem_t *s, u32_t t)
{
  (void)s;
  return t;
}
err_t sys_mutex_new(sys_mutex_t *m)
{
  m->h = m;
  return 0;
}
void sys_mutex_lock(sys_mutex_t *m)
{
  (void)m;
}
void sys_mutex_unlock(sys_mutex_t *m)
{
  (void)m;
}
void sys_mutex_free(sys_mutex_t *m)
{
  (void)m;
}
err_t sys_mbox_new(sys_mbox_t *m, int s)
{
  m->h = m;
  (void)s;
  return 0;
}
void sys_mbox_post(sys_mbox_t *m, void *p)
{
  (void)m;
  (void)p;
}
err_t sys_mbox_trypost(sys_mbox_t *m, void *p)
{
  (void)m;
  (void)p;
  return hw_ms ? 0 : -1;
}
err_t sys_mbox_trypost_fromisr(sys_mbox_t *m, void *p)
{
  return sys_mbox_trypost(m, p);
}
u32_t sys_arch_mbox_fetch(sys_mbox_t *m, void **p, u32_t t)
{
  (void)m;
  *p = 0;
  return t ? hw_ms : 0;
}
u32_t sys_arch_mbox_tryfetch(sys_mbox_t *m, void **p)
{
  (void)m;
  *p = 0;
  return hw_ms ? 0 : SYS_MBOX_EMPTY;
}
void sys_mbox_free(sys_mbox_t *m)
{
  (void)m;
}
sys_thread_t sys_thread_new(const char *n, lwip_thread_fn f, void *a, int s, int p)
{
  (void)n;
  f(a);
  (void)s;
  (void)p;
  return 0;
}
sys_prot_t sys_arch_protect(void)
{
  return hw_ms;
}
void sys_arch_unprotect(sys_prot_t p)
{
  hw_ms = p;
}
#endif
void port_assert(const char *m)
{
  hw_tx_go = *m;
}
