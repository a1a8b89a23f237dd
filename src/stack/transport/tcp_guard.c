/**
 * Who may call, and with what: the first line of every public function that takes a pcb.
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../mem/drop.h"

#if LWIP_TCP

err_t tcp_enter_api(const void *pcb)
{
  if (pcb == NULL) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  if (((const struct tcp_pcb *)pcb)->prio == 0) {
    drop_count(DROP_STALE_PCB);
    core_leave();
    return ERR_CLSD;
  }
  return ERR_OK;
}

err_t tcp_enter_connection(const struct tcp_pcb *pcb)
{
  err_t err = tcp_enter_api(pcb);

  if (err == ERR_OK && pcb->state == LISTEN) {
    core_leave();
    err = ERR_VAL;
  }
  return err;
}

#endif
