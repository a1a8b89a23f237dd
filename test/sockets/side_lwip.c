/** Our stack, started in each case's own process: 127.0.0.1 and ::1 on the loopback interface, nothing else. */
#include "suite_side.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include <stdlib.h>

static void ready(void *arg)
{
  sys_sem_signal((sys_sem_t *)arg);
}

void side_prepare(void)
{
}

void side_start(void)
{
  sys_sem_t sem;

  if (sys_sem_new(&sem, 0) != ERR_OK) {
    abort();
  }
  tcpip_init(ready, &sem);
  sys_sem_wait(&sem);
  sys_sem_free(&sem);
}

void side_stop(bool failed)
{
  (void)failed;
}
