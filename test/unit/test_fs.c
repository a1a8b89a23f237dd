/* LINK: app/fs.c */
/** The HTTP server's files: the default table, and a program's own files in front of it. */
#include "lwip/apps/fs.h"
#include <check.h>
#include <string.h>

static int opened, closed, states;

int fs_open_custom(struct fs_file *file, const char *name);
void fs_close_custom(struct fs_file *file);

int fs_open_custom(struct fs_file *file, const char *name)
{
  if (strcmp(name, "/index.html") != 0 && strcmp(name, "/mine") != 0) {
    memset(file, 0xFF, sizeof *file); /* whatever is left in it must not matter */
    return 0;
  }
  memset(file, 0, sizeof *file);
  file->data = "mine";
  file->len = 4;
  file->index = 4;
  opened++;
  return 1;
}

void fs_close_custom(struct fs_file *file)
{
  ck_assert(file->is_custom_file);
  closed++;
}

void *fs_state_init(struct fs_file *file, const char *name)
{
  ck_assert_ptr_nonnull(file);
  ck_assert(*name == '/');
  return &states + ++states;
}

void fs_state_free(struct fs_file *file, void *state)
{
  ck_assert_ptr_eq(state, file->state);
  states--;
}

START_TEST(custom_files_come_first)
{
  struct fs_file f;

  ck_assert_int_eq(fs_open(&f, "/index.html"), ERR_OK);
  ck_assert_str_eq(f.data, "mine");
  fs_close(&f);
  ck_assert_int_eq(opened, 1);
  ck_assert_int_eq(closed, 1);
  ck_assert_int_eq(states, 0);
}
END_TEST

START_TEST(constant_files)
{
  struct fs_file f;

  ck_assert_int_eq(fs_open(&f, "/404.html"), ERR_OK);
  ck_assert_int_eq(f.is_custom_file, 0);
  ck_assert_int_eq(fs_bytes_left(&f), 0);
  ck_assert(f.flags & FS_FILE_FLAGS_HEADER_INCLUDED);
  ck_assert(f.flags & FS_FILE_FLAGS_HEADER_PERSISTENT);
  ck_assert(memcmp(f.data, "HTTP/1.1 404 Not Found\r\n", 24) == 0);
  ck_assert(memcmp(f.data + f.len - 8, "</html>\n", 8) == 0);
  fs_close(&f);
  ck_assert_int_eq(closed, 0);
  ck_assert_int_eq(states, 0);
}
END_TEST

START_TEST(no_such_file)
{
  struct fs_file f;

  ck_assert_int_eq(fs_open(&f, "/nothing"), ERR_VAL);
  ck_assert_int_eq(fs_open(&f, ""), ERR_VAL);
  ck_assert_int_eq(fs_open(&f, NULL), ERR_ARG);
  ck_assert_int_eq(fs_open(NULL, "/"), ERR_ARG);
  ck_assert_int_eq(states, 0);
}
END_TEST

/** A program may rewind a constant file and read it. */
START_TEST(constant_files_can_be_read)
{
  struct fs_file f;
  char buf[64];
  int n, total = 0;

  ck_assert_int_eq(fs_open(&f, "/404.html"), ERR_OK);
  ck_assert_int_eq(fs_is_file_ready(&f, NULL, NULL), 1);
  f.index = 0;
  while ((n = fs_read_async(&f, buf, sizeof buf, NULL, NULL)) > 0) {
    ck_assert(memcmp(buf, f.data + total, (size_t)n) == 0);
    total += n;
  }
  ck_assert_int_eq(n, FS_READ_EOF);
  ck_assert_int_eq(total, f.len);
  fs_close(&f);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("fs");
  TCase *t = tcase_create("files");
  SRunner *runner;
  int failed;

  tcase_add_test(t, custom_files_come_first);
  tcase_add_test(t, constant_files);
  tcase_add_test(t, no_such_file);
  tcase_add_test(t, constant_files_can_be_read);
  suite_add_tcase(s, t);
  runner = srunner_create(s);
  srunner_run_all(runner, CK_ENV);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
