/**
 * A pairing heap (Fredman, Sedgewick, Sleator, Tarjan 1986) of deadlines.
 *
 * Every timer is not later than its children; the children of one are a list through next.  prev is the sibling in front,
 * the parent for a first child, and the timer itself for the root, so that prev is never NULL while a timer is pending.
 * Two heaps are joined by making the later root the first child of the other: O(1), which is all that arming does.  Taking a
 * timer out leaves its children, which are joined in pairs from the left and then together: O(log n) amortised.
 *
 * Deadlines are compared modulo 2^32; all pending ones lie within 2^31 ms of each other.
 */
#include "timer.h"
#include "seq.h"
#include "lwip/opt.h"
#include "lwip/sys.h"

static struct timer *root;

/** Join two heaps, either of which may be NULL. */
static struct timer *join(struct timer *a, struct timer *b)
{
  struct timer *first = a, *later = b;

  if (a == NULL || b == NULL) {
    return a != NULL ? a : b;
  }
  if (seq_lt(b->at, a->at)) {
    first = b;
    later = a;
  }
  later->prev = first;
  later->next = first->child;
  if (first->child != NULL) {
    first->child->prev = later;
  }
  first->child = later;
  return first;
}

/** Join a list of siblings into one heap.  Two passes: pairs, piled up in reverse order, then the pile. */
static struct timer *join_siblings(struct timer *list)
{
  struct timer *pile = NULL, *heap = NULL;

  while (list != NULL) {
    struct timer *a = list, *b = a->next;

    list = b != NULL ? b->next : NULL;
    a->next = NULL;
    if (b != NULL) {
      b->next = NULL;
      a = join(a, b);
    }
    a->next = pile;
    pile = a;
  }
  while (pile != NULL) {
    struct timer *t = pile;

    pile = t->next;
    t->next = NULL;
    heap = join(heap, t);
  }
  return heap;
}

static void set_root(struct timer *t)
{
  root = t;
  if (t != NULL) {
    t->prev = t;
    t->next = NULL;
  }
}

/** Out of a list of siblings that hangs on a parent. */
static void unlink_sibling(struct timer *t)
{
  if (t->prev->child == t) {
    t->prev->child = t->next;
  } else {
    t->prev->next = t->next;
  }
  if (t->next != NULL) {
    t->next->prev = t->prev;
  }
}

void timer_stop(struct timer *t)
{
  struct timer *orphans;

  if (!timer_pending(t)) {
    return;
  }
  orphans = join_siblings(t->child);
  if (t == root) {
    set_root(orphans);
  } else {
    unlink_sibling(t);
    if (orphans != NULL) {
      set_root(join(root, orphans));
    }
  }
  t->prev = t->next = t->child = NULL;
}

void timer_set_at(struct timer *t, u32_t at_ms, timer_fn ring)
{
  timer_stop(t);
  t->at = at_ms;
  t->ring = ring;
  set_root(join(root, t));
}

void timer_set_by(struct timer *t, u32_t at_ms, timer_fn ring)
{
  if (!timer_pending(t) || seq_lt(at_ms, t->at)) {
    timer_set_at(t, at_ms, ring);
  }
}

void timer_set(struct timer *t, u32_t delay_ms, timer_fn ring)
{
  timer_set_at(t, sys_now() + delay_ms, ring);
}

/*
 * What is due is moved to a list of its own first, as the children of a stand-in: a timer armed while another rings is not
 * in it, and one that is stopped there leaves it like any other list of siblings.
 */
void timers_run(u32_t now_ms)
{
  struct timer *last = NULL, *t;
  struct timer due;

  due.child = NULL;
  while ((t = root) != NULL && time_reached(now_ms, t->at)) {
    timer_stop(t);
    t->prev = last != NULL ? last : &due;
    if (last != NULL) {
      last->next = t;
    } else {
      due.child = t;
    }
    last = t;
  }
  while ((t = due.child) != NULL) {
    timer_stop(t);
    t->ring(t);
  }
}

u32_t timers_sleep(u32_t now_ms)
{
  if (root == NULL) {
    return TIMERS_NEVER;
  }
  return time_reached(now_ms, root->at) ? 0 : root->at - now_ms;
}

const struct timer *timers_first(void)
{
  return root;
}

/** The next of a walk over the whole heap: down, else right, else up until there is a right. */
static struct timer *walk(struct timer *t)
{
  if (t->child != NULL) {
    return t->child;
  }
  while (t != root && t->next == NULL) {
    while (t->prev->child != t) {
      t = t->prev;
    }
    t = t->prev;
  }
  return t->next;
}

/** A constant added to all deadlines does not change their order. */
u32_t timers_catch_up(u32_t now_ms)
{
  u32_t late_ms;
  struct timer *t;

  if (root == NULL || !time_reached(now_ms, root->at)) {
    return 0;
  }
  late_ms = now_ms - root->at;
  for (t = root; t != NULL; t = walk(t)) {
    t->at += late_ms;
  }
  return late_ms;
}
