/** Registers and descriptor bits of the second generation (H5, H7, H7RS; N6 with several queues). */
#ifndef LWIP_STACK_STM32_REGS_V2_H
#define LWIP_STACK_STM32_REGS_V2_H

/* clang-format off */
#define V2_MACCR       0x0000u
#define V2_MACPFR      0x0008u
#define V2_MACVTR      0x0050u
#define V2_MACVIR      0x0060u
#define V2_MACTFCR     0x0070u
#define V2_MACRFCR     0x0090u
#define V2_MACRXQC0R   0x00A0u /* N6 */
#define V2_MACIER      0x00B4u
#define V2_MACPCSR     0x00C0u
#define V2_MAC1USTCR   0x00DCu
#define V2_MACHWF0R    0x011Cu
#define V2_MACHWF1R    0x0120u
#define V2_MMCRIMR     0x070Cu
#define V2_MMCTIMR     0x0710u
#define V2_MTLTQOMR    0x0D00u
#define V2_MTLRQOMR    0x0D30u
#define V2_MTLRQMPOCR  0x0D34u
#define V2_DMAMR       0x1000u
#define V2_DMASBMR     0x1004u
#define V2_DMADSR      0x100Cu
#define V2_DMACCR      0x1100u
#define V2_DMACTCR     0x1104u
#define V2_DMACRCR     0x1108u
#define V2_DMACTDLAR   0x1114u
#define V2_DMACRDLAR   0x111Cu
#define V2_DMACTDTPR   0x1120u
#define V2_DMACRDTPR   0x1128u
#define V2_DMACTDRLR   0x112Cu
#define V2_DMACRDRLR   0x1130u
#define V2_DMACIER     0x1134u
#define V2_DMACSR      0x1160u
#define V2_DMACMFCR    0x116Cu

#define V2_MACCR_IPC       (1u << 27)
#define V2_MACCR_CST       (1u << 21)
#define V2_MACCR_ACS       (1u << 20)
#define V2_MACCR_KEEP      (1u << 15)
#define V2_MACCR_100       (1u << 14)
#define V2_MACCR_FD        (1u << 13)
#define V2_MACCR_DO        (1u << 10)
#define V2_MACCR_TE        (1u << 1)
#define V2_MACCR_RE        (1u << 0)
#define V2_MACPFR_VTFE     (1u << 16) /* drop frames with another tag than MACVTR says */
#define V2_MACPFR_HPF      (1u << 10)
#define V2_MACPFR_HMC      (1u << 2)
#define V2_MACPFR_PR       (1u << 0)
#define V2_MACTFCR_PAUSE   (0x400u << 16)
#define V2_MACTFCR_DZPQ    (1u << 7)
#define V2_MACTFCR_TFE     (1u << 1)
#define V2_MACRFCR_RFE     (1u << 0)
#define V2_MACVTR_REPORT   (1u << 24) /* EVLRXS: the tag is in RDES0 */
#define V2_MACVTR_STRIP    (3u << 21) /* EVLS: of all frames */
#define V2_MACVTR_VID      (1u << 16) /* ETV: compare the VID alone, not the priority */
#define V2_MACVIR_CONTEXT  (1u << 20) /* VLTI: tags come in context descriptors */
#define V2_MACHWF0R_TAGS   (1u << 27)
#define V2_MACHWF1R_TSOEN  (1u << 18)
#define V2_MMCRIMR_ALL     ((1u << 27) | (1u << 26) | (1u << 17) | (1u << 6) | (1u << 5))
#define V2_MMCTIMR_ALL     ((1u << 27) | (1u << 26) | (1u << 21) | (1u << 15) | (1u << 14))
#define V2_PMT_PD          (1u << 0)
#define V2_PMT_MAGIC       (1u << 1)
#define V2_PMT_MAGIC_CAME  (1u << 5)
#define V2_PMT_WAKE        (1u << 2)
#define V2_PMT_WAKE_CAME   (1u << 6)
#define V2_PMT_UNICAST     (1u << 9)
#define V2_MTLTQOMR_TSF    (1u << 1)
#define V2_MTLTQOMR_FTQ    (1u << 0)
#define V2_MTLTQOMR_QUEUE  ((7u << 16) | (2u << 2)) /* N6: 2 KB, enabled */
#define V2_MTLRQOMR_QUEUE  (7u << 20)               /* N6: 2 KB */
#define V2_MTLRQOMR_EHFC   (1u << 7)
#define V2_MTLRQOMR_DIST   (1u << 6) /* hand up frames with wrong checksums: the stack counts them */
#define V2_MTLRQOMR_RSF    (1u << 5)
#define V2_MTLRQOMR_LEVELS ((2u << 14) | (1u << 8)) /* PAUSE at 1.5 KB to the brim, go on at 2 KB */
#define V2_RXQ0_GENERIC    2u
#define V2_DMAMR_SWR       (1u << 0)
#define V2_DMASBMR_AAL     (1u << 12)
#define V2_DMASBMR_FB      (1u << 0)
#define V2_DMACCR_DSL(w)   ((u32_t)(w) << 18)
#define V2_DMACTCR_PBL     (32u << 16)
#define V2_DMACTCR_TSE     (1u << 12)
#define V2_DMACTCR_OSP     (1u << 4)
#define V2_DMACTCR_ST      (1u << 0)
#define V2_DMACRCR_PBL     (32u << 16)
#define V2_DMACRCR_RBSZ(n) ((u32_t)(n) << 1) /* octets, a multiple of 4: they are in bits 14:1 */
#define V2_DMACRCR_SR      (1u << 0)
#define V2_DMACSR_TI       (1u << 0)
#define V2_DMACSR_TBU      (1u << 2)
#define V2_DMACSR_RI       (1u << 6)
#define V2_DMACSR_RBU      (1u << 7)
#define V2_DMACSR_FBE      (1u << 12)
#define V2_DMACSR_CDE      (1u << 13)
#define V2_DMACSR_AIS      (1u << 14)
#define V2_DMACSR_NIS      (1u << 15)
#define V2_DMACSR_W1C      0x0000FFC7u
#define V2_DMADSR_RPS(r)   ((r) >> 8 & 15u)
#define V2_DMADSR_TPS(r)   ((r) >> 12 & 15u)
#define V2_PS_STOPPED      0u
#define V2_RPS_SUSPENDED   4u
#define V2_TPS_SUSPENDED   6u

/* Transmit descriptor */
#define V2_TDES2_IOC       (1u << 31)
#define V2_TDES2_TTSE      (1u << 30)
#define V2_TDES2_TAG       (2u << 14) /* VTIR: put the tag on */
#define V2_TDES3_OWN       (1u << 31)
#define V2_TDES3_CTXT      (1u << 30)
#define V2_TDES3_FD        (1u << 29)
#define V2_TDES3_LD        (1u << 28)
#define V2_TDES3_TCMSSV    (1u << 26) /* of a context: the size of segments is valid */
#define V2_TDES3_THL_SHIFT 19
#define V2_TDES3_TSE       (1u << 18) /* bits 17:0 are octets of text then */
#define V2_TDES3_TTSS      (1u << 17)
#define V2_TDES3_VLTV      (1u << 16) /* of a context: bits 15:0 are a tag */
#define V2_TDES3_CIC_SHIFT 16
#define V2_TDES3_BAD       ((1u << 14) | (1u << 13) | (1u << 11) | (1u << 10) | (1u << 9) | (1u << 8) | (1u << 3) | (1u << 2))

/* Receive descriptor */
#define V2_RDES1_TSA       (1u << 14) /* a context descriptor follows */
#define V2_RDES1_IP        ((1u << 5) | (1u << 4))
#define V2_RDES1_WRONG     ((1u << 7) | (1u << 6) | (1u << 3)) /* payload, bypassed, header */
#define V2_RDES1_PT(w)     ((w) & 7u) /* 1 UDP, 2 TCP, 3 ICMP */
#define V2_RDES3_OWN       (1u << 31)
#define V2_RDES3_IOC       (1u << 30)
#define V2_RDES3_CTXT      (1u << 30)
#define V2_RDES3_FD        (1u << 29)
#define V2_RDES3_LD        (1u << 28)
#define V2_RDES3_RS1V      (1u << 26)
#define V2_RDES3_RS0V      (1u << 25) /* RDES0 has the tag */
#define V2_RDES3_BUF1V     (1u << 24)
#define V2_RDES3_BAD       ((1u << 24) | (1u << 22) | (1u << 21) | (1u << 20)) /* CE RWT OE RE */
#define V2_RDES3_PL(w)     ((w) & 0x7FFFu)
/* clang-format on */

#endif
