/* QEMU TCG plugin: executed instructions per guest address between two executions of a mark address.
 * args: out=FILE mark=0xADDR.  Own declarations of the documented plugin API, version 1 (QEMU 7.x). */
#include <stdint.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define EXPORT __attribute__((visibility("default")))
typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
EXPORT int qemu_plugin_version = 1;
typedef void (*tb_trans_cb)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*udata_cb)(unsigned int, void *);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, tb_trans_cb);
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int op, void *ptr, uint64_t imm);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, udata_cb, int flags, void *);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);

struct node {
  struct node *next;
  uint64_t count, last;
  size_t n;
  uint32_t pc[];
};
static struct node *nodes;
static uint64_t mark;
static const char *out;
static int marks;

static void on_mark(unsigned int cpu, void *u)
{
  struct node *t;
  size_t i;
  FILE *f;
  (void)cpu;
  (void)u;
  if (++marks & 1) {
    for (t = nodes; t; t = t->next)
      t->last = t->count;
    return;
  }
  f = fopen(out, "w");
  if (!f)
    exit(1);
  for (t = nodes; t; t = t->next)
    if (t->count != t->last)
      for (i = 0; i < t->n; i++)
        fprintf(f, "%x %llu\n", t->pc[i], (unsigned long long)(t->count - t->last));
  fclose(f);
}
static void on_trans(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
  size_t n = qemu_plugin_tb_n_insns(tb), i;
  struct node *t = calloc(1, sizeof(*t) + 4 * n);
  (void)id;
  t->n = n;
  t->next = nodes;
  nodes = t;
  for (i = 0; i < n; i++) {
    struct qemu_plugin_insn *in = qemu_plugin_tb_get_insn(tb, i);
    t->pc[i] = (uint32_t)qemu_plugin_insn_vaddr(in);
    if (t->pc[i] == mark)
      qemu_plugin_register_vcpu_insn_exec_cb(in, on_mark, 0, NULL);
  }
  qemu_plugin_register_vcpu_tb_exec_inline(tb, 0, &t->count, 1);
}
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
  int i;
  (void)info;
  for (i = 0; i < argc; i++) {
    if (!strncmp(argv[i], "out=", 4))
      out = strdup(argv[i] + 4);
    if (!strncmp(argv[i], "mark=", 5))
      mark = strtoull(argv[i] + 5, NULL, 0);
  }
  if (!out || !mark)
    return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_trans);
  return 0;
}
