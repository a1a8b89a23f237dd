/** The send queue: refer or copy, spare room, all or nothing, fair shares. */
#include "tcp_engine_lab.h"
#include "alloc_fail.h"

static u32_t chain_len(void)
{
  const struct tcp_seg *s = pcb->unacked != NULL ? pcb->unacked : pcb->unsent;
  u32_t n = 0;

  for (; s != NULL; s = s->next) {
    ck_assert_uint_eq(s->p->tot_len, s->len);
    n += s->len;
  }
  return n;
}

static unsigned segments(void)
{
  const struct tcp_seg *s = pcb->unacked != NULL ? pcb->unacked : pcb->unsent;
  unsigned n = 0;

  for (; s != NULL; s = s->next) {
    n++;
  }
  return n;
}

START_TEST(cut_into_segments)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(2500, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(segments(), 3);
  ck_assert_uint_eq(chain_len(), 2500);
  ck_assert_uint_eq(pcb->unsent->seq, US);
  ck_assert(pcb->x_last->flags & TF_SEG_PSH); /* MUST-61 */
  ck_assert(!(pcb->unsent->flags & TF_SEG_PSH));
  lab_done();
}
END_TEST

START_TEST(small_writes_share_a_segment)
{
  int i;

  lab_connection(ESTABLISHED);
  for (i = 0; i < 50; i++) {
    ck_assert_int_eq(lab_write(20, TCP_WRITE_FLAG_COPY | TCP_WRITE_FLAG_MORE), ERR_OK);
  }
  ck_assert_uint_eq(segments(), 1);
  ck_assert_uint_eq(chain_len(), 1000);
  ck_assert_uint_eq(pcb->snd_queuelen, 1);
  ck_assert(!(pcb->x_last->flags & TF_SEG_PSH));
  lab_done();
}
END_TEST

START_TEST(lent_octets_are_not_copied)
{
  static const u8_t mine[] = "lent";
  const struct pbuf *p;

  lab_connection(ESTABLISHED);
  ck_assert_int_eq(tcp_queue_append(pcb, mine, 4, 0), ERR_OK);
  ck_assert_int_eq(tcp_queue_append(pcb, mine, 3, 0), ERR_OK); /* joins the same segment */
  ck_assert_uint_eq(segments(), 1);
  p = pcb->unsent->p;
  ck_assert_uint_eq(p->len, 0);
  ck_assert_ptr_eq(p->next->payload, mine);
  ck_assert_ptr_eq(p->next->next->payload, mine);
  ck_assert_uint_eq(pcb->snd_queuelen, 3);
  lab_done();
}
END_TEST

START_TEST(a_sent_segment_is_closed)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(20, TCP_WRITE_FLAG_COPY | TCP_WRITE_FLAG_MORE), ERR_OK);
  ck_assert_uint_eq(lab_push(), 1);
  ck_assert_int_eq(lab_write(20, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(segments(), 2);
  tcp_recover_all(pcb); /* nor does it open again to be sent again */
  ck_assert_int_eq(lab_write(20, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(pcb->unacked->len, 20);
  ck_assert_uint_eq(segments(), 2);
  lab_done();
}
END_TEST

/* All or nothing, for every allocation that may fail. */
START_TEST(no_half_write)
{
  int n;

  for (n = 0; n < 20; n++) {
    u32_t before;
    tcpwnd_size_t snd_buf;
    u16_t queuelen;
    err_t err;

    lab_connection(ESTABLISHED);
    if (_i & 2) { /* behind something, or into an empty queue */
      ck_assert_int_eq(lab_write(30, (u8_t)(TCP_WRITE_FLAG_MORE | (_i & 1))), ERR_OK);
    }
    before = chain_len();
    snd_buf = pcb->snd_buf;
    queuelen = pcb->snd_queuelen;
    test_alloc_countdown = n;
    err = lab_write(5000, (u8_t)(_i & 1));
    test_alloc_countdown = -1;
    if (err != ERR_OK) {
      ck_assert_int_eq(err, ERR_MEM);
      ck_assert_uint_eq(chain_len(), before);
      ck_assert_uint_eq(pcb->snd_buf, snd_buf);
      ck_assert_uint_eq(pcb->snd_queuelen, queuelen);
      ck_assert_uint_eq(segments(), before > 0);
      ck_assert_uint_eq(tcp_segs_used, before > 0);
    } else {
      ck_assert_uint_eq(chain_len(), before + 5000);
    }
    lab_done();
  }
}
END_TEST

/* What is promised is taken, copied or lent. */
START_TEST(room_is_no_lie)
{
  unsigned i;

  for (i = 0; i < 40; i++) {
    lab_connection(ESTABLISHED);
    pcb->mss = (u16_t)(64 + i * 40);
    for (;;) {
      u16_t room = (u16_t)LWIP_MIN(tcp_queue_room(pcb), 65535u);

      if (room == 0) {
        break;
      }
      ck_assert_int_eq(lab_write((u16_t)LWIP_MIN(room, 1 + i * 100), (u8_t)(i & 1)), ERR_OK);
    }
    ck_assert_uint_gt(chain_len(), 0);
    lab_done();
  }
}
END_TEST

/* The heap full of holes, in many ways: what room promises can be written at once, copied or lent, also with no pbuf to refer by. */
START_TEST(room_knows_the_heap)
{
  static void *blocks[4000];
  static struct pbuf *refs[MEMP_NUM_PBUF];
  unsigned n = 0, i, round, promised = 0, none = 0;
  u32_t seed = (u32_t)_i + 1;

  lab_connection(ESTABLISHED);
  if (_i & 1) {
    for (i = 0; i < MEMP_NUM_PBUF; i++) {
      refs[i] = pbuf_alloc(PBUF_RAW, 1, PBUF_ROM);
    }
  }
  while (n < 4000 &&
         (blocks[n] = mem_malloc((mem_size_t)(50 + (seed = seed * 1103515245 + 12345) / 65536 % 3000))) != NULL) {
    n++;
  }
  ck_assert_uint_lt(n, 4000); /* the heap is full */
  for (round = 0; round < 400; round++) {
    u16_t room;

    i = (seed = seed * 1103515245 + 12345) / 65536 % n;
    mem_free(blocks[i]);
    blocks[i] = mem_malloc((mem_size_t)(50 + (seed = seed * 1103515245 + 12345) / 65536 % 1500));
    if (blocks[i] == NULL) {
      blocks[i] = blocks[--n];
    }
    room = (u16_t)LWIP_MIN(tcp_queue_room(pcb), 65535u);
    promised += room;
    none += room == 0;
    if (room > 0) {
      ck_assert_int_eq(lab_write(room, (u8_t)(round & 3)), ERR_OK);
    }
    if (round % 3 == 0) {
      tcp_queue_purge(pcb);
      pcb->snd_buf = TCP_SND_BUF;
    }
  }
  ck_assert_uint_gt(promised, 10000);
  ck_assert_uint_gt(none, 0);
  while (n > 0) {
    mem_free(blocks[--n]);
  }
  for (i = 0; i < MEMP_NUM_PBUF && (_i & 1); i++) {
    pbuf_free(refs[i]);
  }
  lab_done();
}
END_TEST

/* Holes of less than a segment: with nothing queued one of them is promised, whole, and given; so there is always progress. */
START_TEST(a_short_piece_is_better_than_nothing)
{
  static void *blocks[4000];
  unsigned n = 0, i;
  u8_t apiflags;
  mem_size_t hole = (mem_size_t)(100 * (_i + 1));

  lab_connection(ESTABLISHED);
  while (n < 4000 && (blocks[n] = mem_malloc((n & 1) != 0 ? hole : 40)) != NULL) {
    n++;
  }
  ck_assert_uint_lt(n, 4000);
  while ((blocks[n] = mem_malloc(8)) != NULL) {
    n++;
  }
  ck_assert_uint_eq(tcp_queue_room(pcb), 0);
  for (i = 101; i < 200; i += 2) {
    mem_free(blocks[i]);
    blocks[i] = NULL;
  }
  for (apiflags = 0; apiflags < 4; apiflags++) { /* TCP_WRITE_FLAG_COPY, TCP_WRITE_FLAG_MORE */
    tcpwnd_size_t room = tcp_queue_room(pcb);

    ck_assert_uint_gt(room, hole - 150u);
    ck_assert_uint_le(room, hole);
    ck_assert_int_eq(lab_write((u16_t)room, apiflags), ERR_OK);
    ck_assert_uint_eq(tcp_queue_room(pcb), 0);
    tcp_queue_purge(pcb);
    pcb->snd_buf = TCP_SND_BUF;
  }
  while (n > 0) {
    mem_free(blocks[--n]);
  }
  lab_done();
}
END_TEST

/* A connection alone gets most of the segments, and never all. */
START_TEST(fair_shares)
{
  u16_t held = 0;
  struct tcp_seg *list = NULL, *s;

  lab_connection(ESTABLISHED);
  while ((s = tcp_seg_alloc(held)) != NULL) {
    s->next = list;
    s->p = NULL;
    list = s;
    held++;
  }
  ck_assert_uint_ge(held, MEMP_NUM_TCP_SEG / 2);
  ck_assert_uint_le(held, MEMP_NUM_TCP_SEG * 3 / 4);
  ck_assert_ptr_nonnull(s = tcp_seg_alloc(0)); /* the next one finds some */
  s->p = NULL;
  tcp_seg_free(s);
  while ((s = list) != NULL) {
    list = s->next;
    tcp_seg_free(s);
  }
  lab_done();
}
END_TEST

/* A narrower path cuts what is queued. */
START_TEST(split)
{
  static u8_t data[1000];
  u8_t out[1000];
  unsigned i;

  for (i = 0; i < sizeof data; i++) {
    data[i] = (u8_t)(i * 31);
  }
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(tcp_queue_append(pcb, data, 1000, (u8_t)_i), ERR_OK);
  ck_assert(tcp_queue_split(pcb, pcb->unsent, 300));
  ck_assert_uint_eq(segments(), 2);
  ck_assert_uint_eq(pcb->unsent->len, 300);
  ck_assert_uint_eq(pcb->x_last->seq, US + 300);
  ck_assert_uint_eq(pbuf_copy_partial(pcb->unsent->p, out, 300, 0), 300);
  ck_assert_uint_eq(pbuf_copy_partial(pcb->x_last->p, out + 300, 700, 0), 700);
  ck_assert_int_eq(memcmp(out, data, 1000), 0);
  ck_assert(pcb->x_last->flags & TF_SEG_PSH);
  ck_assert_uint_eq(pcb->snd_queuelen, pbuf_clen(pcb->unsent->p) + pbuf_clen(pcb->x_last->p));
  pbuf_ref(pcb->unsent->p); /* the driver has it */
  ck_assert(!tcp_queue_split(pcb, pcb->unsent, 100));
  pbuf_free(pcb->unsent->p);
  lab_done();
}
END_TEST

/* RFC 9293 3.8.6.2.1: a peer with small windows gets small segments. */
START_TEST(small_windows)
{
  lab_connection(ESTABLISHED);
  pcb->snd_wnd = pcb->snd_wnd_max = 500;
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(pcb->unsent->len, 250);
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, cut_into_segments);
  tcase_add_test(c, small_writes_share_a_segment);
  tcase_add_test(c, lent_octets_are_not_copied);
  tcase_add_test(c, a_sent_segment_is_closed);
  tcase_add_loop_test(c, no_half_write, 0, 4);
  tcase_add_test(c, room_is_no_lie);
  tcase_add_loop_test(c, room_knows_the_heap, 0, 20);
  tcase_add_loop_test(c, a_short_piece_is_better_than_nothing, 4, 11);
  tcase_add_test(c, fair_shares);
  tcase_add_loop_test(c, split, 0, 2);
  tcase_add_test(c, small_windows);
}
LAB_SUITE("tcp_queue", add)
