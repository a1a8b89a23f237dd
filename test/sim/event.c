#include "event.h"
#include <stdlib.h>
#include <string.h>

static struct event *heap;
static size_t n, room;
static uint64_t order;

static bool before(const struct event *a, const struct event *b)
{
  return a->at_us != b->at_us ? a->at_us < b->at_us : a->order < b->order;
}

static uint8_t *copy_of(const uint8_t *frame, size_t len)
{
  uint8_t *c;

  if (frame == NULL) {
    return NULL;
  }
  c = malloc(len);
  if (c == NULL) {
    abort();
  }
  memcpy(c, frame, len);
  return c;
}

void event_push(uint64_t at_us, enum event_kind kind, int node, int iface, uint32_t arg, const uint8_t *frame,
                size_t len)
{
  struct event e = { at_us, order++, kind, node, iface, arg, len, copy_of(frame, len) };
  size_t i;

  if (n == room) {
    room = room ? 2 * room : 256;
    heap = realloc(heap, room * sizeof(*heap));
    if (heap == NULL) {
      abort();
    }
  }
  for (i = n++; i > 0 && before(&e, &heap[(i - 1) / 2]); i = (i - 1) / 2) {
    heap[i] = heap[(i - 1) / 2];
  }
  heap[i] = e;
}

bool event_any(void)
{
  return n > 0;
}

uint64_t event_next_us(void)
{
  return heap[0].at_us;
}

size_t event_count(void)
{
  return n;
}

struct event event_pop(void)
{
  struct event first = heap[0], last = heap[--n];
  size_t i = 0, child;

  while ((child = 2 * i + 1) < n) {
    if (child + 1 < n && before(&heap[child + 1], &heap[child])) {
      child++;
    }
    if (!before(&heap[child], &last)) {
      break;
    }
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = last;
  return first;
}
