/** Netconns over the loopback interface. */
#include "os_lab.h"

static void recv_all(struct netconn *conn, char *buf, size_t len)
{
  size_t got = 0;

  while (got < len) {
    struct pbuf *p;

    ck_assert_int_eq(netconn_recv_tcp_pbuf(conn, &p), ERR_OK);
    ck_assert_uint_le(p->tot_len, len - got);
    pbuf_copy_partial(p, buf + got, p->tot_len, 0);
    got += p->tot_len;
    pbuf_free(p);
  }
}

START_TEST(text_goes_both_ways)
{
  struct netconn *a, *b;
  char buf[8];
  struct pbuf *p;

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_write(a, "hello", 5, NETCONN_COPY), ERR_OK);
  recv_all(b, buf, 5);
  ck_assert_mem_eq(buf, "hello", 5);
  ck_assert_int_eq(netconn_write(b, "world", 5, NETCONN_COPY), ERR_OK);
  recv_all(a, buf, 5);
  ck_assert_mem_eq(buf, "world", 5);
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  ck_assert_int_eq(netconn_delete(b), ERR_OK);
}
END_TEST

#define BULK (1024 * 1024)

static void *bulk_writer(void *arg)
{
  struct netconn *conn = arg;
  u8_t *data = malloc(BULK);
  size_t i, written;

  for (i = 0; i < BULK; i++) {
    data[i] = (u8_t)(i * 7 + i / 251);
  }
  ck_assert_int_eq(netconn_write_partly(conn, data, BULK, NETCONN_COPY, &written), ERR_OK);
  ck_assert_uint_eq(written, BULK);
  ck_assert_int_eq(netconn_shutdown(conn, 0, 1), ERR_OK);
  free(data);
  netconn_thread_cleanup();
  return NULL;
}

START_TEST(bulk)
{
  struct netconn *a, *b;
  struct pbuf *p;
  size_t got = 0;
  pthread_t t;
  err_t err;

  lab_pair(&a, &b);
  t = lab_thread(bulk_writer, a);
  while ((err = netconn_recv_tcp_pbuf(b, &p)) == ERR_OK) {
    struct pbuf *q;

    for (q = p; q != NULL; q = q->next) {
      u16_t i;

      for (i = 0; i < q->len; i++, got++) {
        ck_assert_uint_eq(((u8_t *)q->payload)[i], (u8_t)(got * 7 + got / 251));
      }
    }
    pbuf_free(p);
  }
  ck_assert_int_eq(err, ERR_CLSD);
  ck_assert_uint_eq(got, BULK);
  lab_join(t);
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_delete(b), ERR_OK);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("netconn");
  TCase *tc = tcase_create("tcp");

  tcase_add_checked_fixture(tc, lab_start, NULL);
  tcase_set_timeout(tc, 20);
  tcase_add_test(tc, text_goes_both_ways);
  tcase_add_test(tc, bulk);
  suite_add_tcase(s, tc);
  return lab_run(s);
}
