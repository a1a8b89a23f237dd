#ifndef SIZE_SYS_ARCH_H
#define SIZE_SYS_ARCH_H
#include <stdint.h>
typedef uint32_t sys_prot_t;
typedef struct {
  void *h;
} sys_sem_t;
typedef struct {
  void *h;
} sys_mutex_t;
typedef struct {
  void *h;
} sys_mbox_t;
typedef void *sys_thread_t;
#define sys_mbox_valid(m) ((m)->h != 0)
#define sys_mbox_set_invalid(m) ((m)->h = 0)
#define sys_sem_valid(m) ((m)->h != 0)
#define sys_sem_set_invalid(m) ((m)->h = 0)
#define sys_mutex_valid(m) ((m)->h != 0)
#define sys_mutex_set_invalid(m) ((m)->h = 0)
#endif
