/* LINK: base/def.c */
/**
 * tools/makefsdata: its output compiles, holds the files, and is what is in the tree.  Needs python3 and a C
 * compiler; the tool makes C out of a folder of this test's own.
 */
#define _GNU_SOURCE
#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char root[PATH_MAX], dir[] = "/tmp/makefsdata-XXXXXX";

/** Run a command in the test's folder.  $R is the root of the tree. */
static int run(const char *command)
{
  char line[PATH_MAX * 2];

  snprintf(line, sizeof line, "cd '%s' && R='%s' && { %s; } >log 2>&1", dir, root, command);
  return system(line);
}

static char *contents(const char *name)
{
  static char text[200000];
  char path[PATH_MAX];
  FILE *f;
  size_t i, n = 0;

  snprintf(path, sizeof path, "%s/%s", dir, name);
  f = fopen(path, "rb");
  if (f != NULL) {
    n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
  }
  for (i = 0; i < n; i++) { /* one of the files has a NUL in it, which strstr() would stop at */
    text[i] = text[i] != 0 ? text[i] : '0';
  }
  text[n] = 0;
  return text;
}

/** The root of the tree: the folder at or above the working directory that holds this source file. */
static void find_root(void)
{
  char probe[PATH_MAX + 64];
  char *end;

  ck_assert_ptr_nonnull(getcwd(root, sizeof root));
  for (;;) {
    snprintf(probe, sizeof probe, "%s/test/unit/test_makefsdata.c", root);
    if (access(probe, R_OK) == 0) {
      return;
    }
    end = strrchr(root, '/');
    ck_assert_ptr_nonnull(end);
    *end = 0;
  }
}

static void setup(void)
{
  find_root();
  strcpy(dir, "/tmp/makefsdata-XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(dir));
  ck_assert_int_eq(run("mkdir -p fs/sub && printf 'hello' >fs/index.html && printf 'no' >fs/404.html &&"
                       "printf 'a{}' >fs/sub/style.css && printf 'x%.0s' $(seq 3000) >fs/big.txt &&"
                       "printf '<b>' >fs/tag.shtml && printf '\\000\\377' >'fs/odd name.bin' && : >fs/empty.txt"),
                   0);
}

static void teardown(void)
{
  run("cd / && rm -rf \"$OLDPWD\"");
}

/** A program that serves the table without a network: prints each file's name, flags, length and contents. */
#define PRINT                                                                                                        \
  "printf '#define LWIP_X_FSDATA_INCLUDED\\n#include <stdio.h>\\n#include \"fsdata.c\"\\n"                           \
  "int main(void){const struct fsdata_file*f;int n=0;for(f=FS_ROOT;f;f=f->next,n++){"                                \
  "printf(\"%%%%s %%%%d %%%%d|\",(const char*)f->name,f->flags,f->len);fwrite(f->data,1,(size_t)f->len,stdout);"     \
  "puts(\"|\");}return n!=FS_NUMFILES;}' >m.c && cc -std=gnu99 -Wall -Wextra -Wpedantic -Werror -I$R/src "           \
  "-I$R/test/config/full -I. $F -o m m.c && ./m >out && cc -c -std=gnu99 -Wall -Wextra -Wpedantic -Werror -I$R/src " \
  "-I$R/test/config/full fsdata.c"

static int make_and_print(const char *options)
{
  char command[4000];

  snprintf(command, sizeof command, "F='%s'; python3 $R/tools/makefsdata %s && " PRINT,
           strstr(options, "-c ") ? "-DHTTPD_PRECALCULATED_CHECKSUM=1" : "", options);
  return run(command);
}

START_TEST(bare_files)
{
  ck_assert_int_eq(make_and_print("-e -f fsdata.c fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("out"), "/index.html 0 5|hello|\n"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "/sub/style.css 0 3|a{}|\n"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "/empty.txt 0 0||\n"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "/tag.shtml 8 3|<b>|\n"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "/odd name.bin 0 2|"));
}
END_TEST

START_TEST(headers_of_1_0)
{
  ck_assert_int_eq(make_and_print("-f fsdata.c fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("out"), "/index.html 1 "));
  ck_assert_ptr_nonnull(strstr(contents("out"), "|HTTP/1.0 200 OK\r\nServer: lwIP\r\nContent-Type: text/html\r\n"
                                                "Content-Length: 5\r\nConnection: close\r\n\r\nhello|"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "|HTTP/1.0 404 Not Found\r\n"));
}
END_TEST

/** An SSI file's length is not known, so it cannot be persistent. */
START_TEST(headers_of_1_1)
{
  ck_assert_int_eq(make_and_print("-11 -svr:me -f fsdata.c fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("out"), "/index.html 7 "));
  ck_assert_ptr_nonnull(strstr(contents("out"), "|HTTP/1.1 200 OK\r\nServer: me\r\nContent-Type: text/html\r\n"
                                                "Content-Length: 5\r\nConnection: keep-alive\r\n\r\nhello|"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "/tag.shtml 9 "));
  ck_assert_ptr_nonnull(strstr(contents("out"), "|HTTP/1.0 200 OK\r\nServer: me\r\nContent-Type: text/html\r\n"
                                                "Connection: close\r\n\r\n<b>|"));
}
END_TEST

START_TEST(deflated)
{
  ck_assert_int_eq(make_and_print("-11 -defl -nodefl:css -f fsdata.c fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("out"), "Content-Encoding: deflate\r\n"));
  ck_assert_ptr_null(strstr(contents("out"), "xxxxxxxxxxxxxxxxxxx"));
  ck_assert_ptr_nonnull(strstr(contents("out"), "\r\n\r\nhello|")); /* would not get smaller */
}
END_TEST

/** The checksum of RFC 1071 over pieces of one segment: 3000 octets of 'x' are two pieces and 40 words of 0x7878. */
START_TEST(checksums)
{
  ck_assert_int_eq(make_and_print("-e -c -f fsdata.c fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("fsdata.c"), "chksums__big_txt[] = {\n  { 0, "));
  ck_assert_ptr_nonnull(strstr(contents("fsdata.c"), "  { 2920, 0x2d2d, 80 },\n"));
}
END_TEST

START_TEST(some_files_are_left_out)
{
  ck_assert_int_eq(make_and_print("-e -s -x:txt,bin -f fsdata.c fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("out"), "/index.html"));
  ck_assert_ptr_null(strstr(contents("out"), "style.css"));
  ck_assert_ptr_null(strstr(contents("out"), "big.txt"));
}
END_TEST

START_TEST(the_same_every_time)
{
  ck_assert_int_eq(run("python3 $R/tools/makefsdata -11 -f a.c fs && sleep 1 && touch fs/* && "
                       "python3 $R/tools/makefsdata -11 -f b.c fs && cmp a.c b.c"),
                   0);
}
END_TEST

/** What is in the tree was made of what is in the tree. */
START_TEST(the_tree_is_up_to_date)
{
  ck_assert_int_eq(
    run("python3 $R/tools/makefsdata -11 -f d.c $R/tools/default-fs && cmp d.c $R/src/stack/app/fsdata.c"), 0);
  ck_assert_int_eq(
    run("python3 $R/tools/makefsdata -e -f w.c $R/ports/common/fs && cmp w.c $R/ports/common/webstatus_fsdata.c"), 0);
}
END_TEST

START_TEST(mistakes_are_told)
{
  ck_assert_int_ne(run("python3 $R/tools/makefsdata --wrong fs"), 0);
  ck_assert_int_ne(run("python3 $R/tools/makefsdata nowhere"), 0);
  ck_assert_int_ne(run("printf a >fs/a-b && printf a >fs/a_b && python3 $R/tools/makefsdata fs"), 0);
  ck_assert_ptr_nonnull(strstr(contents("log"), "different letters"));
}
END_TEST

int main(void)
{
  Suite *s = suite_create("makefsdata");
  TCase *t = tcase_create("tool");
  SRunner *runner;
  int failed;

  tcase_set_timeout(t, 60);
  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_test(t, bare_files);
  tcase_add_test(t, headers_of_1_0);
  tcase_add_test(t, headers_of_1_1);
  tcase_add_test(t, deflated);
  tcase_add_test(t, checksums);
  tcase_add_test(t, some_files_are_left_out);
  tcase_add_test(t, the_same_every_time);
  tcase_add_test(t, the_tree_is_up_to_date);
  tcase_add_test(t, mistakes_are_told);
  suite_add_tcase(s, t);
  runner = srunner_create(s);
  srunner_run_all(runner, CK_ENV);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
