/** Drop reasons: each is counted, is counted in its protocol's statistics, has a text, and the packet is freed.
 *  LINK: mem/drop.c */
#include "mem/drop.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include <check.h>
#include <string.h>
#include "../config/test_port.h"

struct stats_ lwip_stats;

static struct pbuf *freed;

u8_t pbuf_free(struct pbuf *p)
{
  freed = p;
  return 1;
}

START_TEST(every_reason_is_counted_once_and_has_a_text)
{
  enum lwip_x_drop reason = (enum lwip_x_drop)_i;
  int other;

  drop_count(reason);
  drop_count(reason);
  for (other = 0; other < DROP_MAX; other++) {
    ck_assert_uint_eq(lwip_x_drops[other], other == _i ? 2 : 0);
  }
  ck_assert_uint_gt(strlen(lwip_x_drop_text((unsigned)_i)), 0);
  ck_assert_ptr_null(freed);
}
END_TEST

START_TEST(the_packet_is_freed)
{
  struct pbuf p;

  drop(&p, DROP_UDP_CHKSUM);
  ck_assert_ptr_eq(freed, &p);
  freed = NULL;
  drop(NULL, DROP_UDP_CHKSUM);
  ck_assert_ptr_null(freed);
  ck_assert_uint_eq(lwip_x_drops[DROP_UDP_CHKSUM], 2);
}
END_TEST

/* The field of the reason and the protocol's drop counter; the latter alone if that is the field. */
static const struct {
  enum lwip_x_drop reason;
  STAT_COUNTER *field, *drop;
} mapping[] = {
  { DROP_ETH_SHORT, &lwip_stats.link.lenerr, &lwip_stats.link.drop },
  { DROP_NETIF_DOWN, &lwip_stats.link.drop, &lwip_stats.link.drop },
  { DROP_ARP_TABLE, &lwip_stats.etharp.memerr, &lwip_stats.etharp.drop },
  { DROP_IP4_CHKSUM, &lwip_stats.ip.chkerr, &lwip_stats.ip.drop },
  { DROP_IP4_OPTIONS, &lwip_stats.ip.opterr, &lwip_stats.ip.drop },
  { DROP_FRAG_MEM, &lwip_stats.ip_frag.memerr, &lwip_stats.ip_frag.drop },
  { DROP_ICMP_TYPE, &lwip_stats.icmp.proterr, &lwip_stats.icmp.drop },
  { DROP_IGMP_SHORT, &lwip_stats.igmp.lenerr, &lwip_stats.igmp.drop },
  { DROP_UDP_NO_PORT, &lwip_stats.udp.proterr, &lwip_stats.udp.drop },
  { DROP_TCP_CHKSUM, &lwip_stats.tcp.chkerr, &lwip_stats.tcp.drop },
};

START_TEST(statistics_follow)
{
  drop_count(mapping[_i].reason);
  ck_assert_uint_eq(*mapping[_i].field, 1);
  ck_assert_uint_eq(*mapping[_i].drop, 1);
}
END_TEST

START_TEST(a_reason_of_no_protocol_leaves_statistics_alone)
{
  static const struct stats_ zero;

  drop_count(DROP_WRONG_CONTEXT);
  ck_assert_mem_eq(&lwip_stats, &zero, sizeof zero);
}
END_TEST

START_TEST(a_number_out_of_range_has_no_text)
{
  ck_assert_str_eq(lwip_x_drop_text(DROP_MAX), "");
  ck_assert_str_eq(lwip_x_drop_text(0xFFFFFFFFu), "");
}
END_TEST

int main(void)
{
  Suite *s = suite_create("drop");
  TCase *t = tcase_create("drop");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_loop_test(t, every_reason_is_counted_once_and_has_a_text, 0, DROP_MAX);
  tcase_add_test(t, the_packet_is_freed);
  tcase_add_loop_test(t, statistics_follow, 0, (int)(sizeof mapping / sizeof mapping[0]));
  tcase_add_test(t, a_reason_of_no_protocol_leaves_statistics_alone);
  tcase_add_test(t, a_number_out_of_range_has_no_text);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
