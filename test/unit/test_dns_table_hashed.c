/** The resolver's table where it is large: every name is found by its hash, in any case of its letters, and none that is gone. */
#define DNS_TABLE_SIZE 40
#include "service/dns_table.c"

#include <check.h>
#include <stdio.h>

u32_t sys_now(void)
{
  return 0;
}

static size_t name_of(unsigned i, char *to)
{
  return (size_t)sprintf(to, "host%u.example.org", i);
}

static struct dns_entry *add_known(unsigned i)
{
  char name[40];
  size_t len = name_of(i, name);
  struct dns_entry *e = dns_table_add(name, len, LWIP_DNS_ADDRTYPE_IPV4);

  ck_assert_ptr_nonnull(e);
  e->state = DNS_KNOWN;
  e->u.expires_ms = sys_now() + 1000;
  ip_addr_set_ip4_u32_val(e->addr, i);
  return e;
}

static struct dns_entry *find(unsigned i)
{
  char name[40];
  size_t len = name_of(i, name);

  return dns_table_find(name, len, LWIP_DNS_ADDRTYPE_IPV4);
}

START_TEST(finds_each_and_nothing_else)
{
  struct dns_entry *e[DNS_TABLE_SIZE];
  unsigned i;

  dns_table_seed();
  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    ck_assert_ptr_null(find(i));
    e[i] = add_known(i);
  }
  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    ck_assert_ptr_eq(find(i), e[i]);
  }
  for (i = 0; i < DNS_TABLE_SIZE; i += 2) {
    dns_table_unlink(e[i]);
  }
  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    ck_assert_ptr_eq(find(i), i % 2 != 0 ? e[i] : NULL);
  }
}
END_TEST

START_TEST(does_not_mind_the_case)
{
  struct dns_entry *e;

  dns_table_seed();
  e = add_known(7);
  ck_assert_ptr_eq(dns_table_find("HOST7.example.ORG", 17, LWIP_DNS_ADDRTYPE_IPV4), e);
  ck_assert_ptr_null(dns_table_find("host7.example.or", 16, LWIP_DNS_ADDRTYPE_IPV4));
}
END_TEST

/* The clock spares what was looked up since its hand passed. */
START_TEST(a_new_name_takes_the_place_of_one_nobody_asked_for)
{
  unsigned i;

  dns_table_seed();
  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    add_known(i);
  }
  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    ck_assert(i == 5 || find(i) != NULL);
  }
  add_known(100);
  ck_assert_ptr_null(find(5));
  ck_assert_ptr_nonnull(find(100));
  ck_assert_ptr_nonnull(find(4));
}
END_TEST

int main(void)
{
  Suite *s = suite_create("dns_table_hashed");
  TCase *t = tcase_create("table");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, finds_each_and_nothing_else);
  tcase_add_test(t, does_not_mind_the_case);
  tcase_add_test(t, a_new_name_takes_the_place_of_one_nobody_asked_for);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
