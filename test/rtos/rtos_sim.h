/**
 * What the stand-ins for FreeRTOS and CMSIS-RTOS2 share: a machine with interrupts on POSIX threads.
 *
 * Interrupts are a lock.  Who masks them has it (again and again); an interrupt runs on a thread of its own and takes it too,
 * so that it never runs while they are masked.  Whatever the kernel's documentation forbids aborts the test.
 */
#ifndef TEST_RTOS_RTOS_SIM_H
#define TEST_RTOS_RTOS_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Mask interrupts.  @return what sim_irq_restore() wants: were they masked already? */
uint32_t sim_irq_save(void);
void sim_irq_restore(uint32_t was);
/** Are they, by this thread? */
bool sim_irq_masked(void);

/** Number of the interrupt that runs, 0: a thread. */
unsigned sim_context(void);
/** Run @p fn as interrupt @p number, on a thread of its own, and wait for its end. */
void sim_interrupt(unsigned number, void (*fn)(void *), void *arg);

/** Run @p fn as interrupt @p number of the thread that calls. */
void sim_interrupt_here(unsigned number, void (*fn)(void));

/** Ticks since the start, @p hz a second, plus sim_tick_offset. */
uint32_t sim_ticks(uint32_t hz);
extern uint32_t sim_tick_offset;

/** Objects asked for and not given back. */
extern int sim_objects;
/** Objects left before one cannot be made; negative: never. */
extern long sim_object_countdown;
/** @return false: no memory for it */
bool sim_object_made(void);
void sim_object_gone(void);

/** Has the scheduler not been started yet?  Then nothing may wait. */
extern bool sim_before_start;

/** Octets of stack the last thread was made with. */
extern size_t sim_stack_size;

/** The test did what the kernel's documentation forbids. */
void sim_forbidden(const char *what) __attribute__((noreturn));

/* ---- A counter to wait for: semaphores, mutexes and queues are made of it ---- */

#include <pthread.h>

struct sim_queue {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  unsigned len, size, item_size, first;
  uint8_t *items; /**< NULL: only their number matters */
};

void sim_queue_init(struct sim_queue *q, unsigned size, unsigned item_size, unsigned len);
void sim_queue_fini(struct sim_queue *q);
#define SIM_FOR_EVER UINT64_MAX
/** Put one in, or take one out, waiting @p us at most.  @return false: the time was over */
bool sim_queue_put(struct sim_queue *q, const void *item, uint64_t us);
bool sim_queue_get(struct sim_queue *q, void *item, uint64_t us);
unsigned sim_queue_len(struct sim_queue *q);

#endif
