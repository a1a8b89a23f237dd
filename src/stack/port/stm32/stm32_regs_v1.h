/** Registers and descriptor bits of the first generation (F107, F2, F4, F7). */
#ifndef LWIP_STACK_STM32_REGS_V1_H
#define LWIP_STACK_STM32_REGS_V1_H

/* clang-format off */
#define V1_MACCR      0x0000u
#define V1_MACFFR     0x0004u
#define V1_MACFCR     0x0018u
#define V1_MACVLANTR  0x001Cu
#define V1_MACPMTCSR  0x002Cu
#define V1_MACDBGR    0x0034u
#define V1_MACIMR     0x003Cu
#define V1_MMCRIMR    0x010Cu
#define V1_MMCTIMR    0x0110u
#define V1_DMABMR     0x1000u
#define V1_DMATPDR    0x1004u
#define V1_DMARPDR    0x1008u
#define V1_DMARDLAR   0x100Cu
#define V1_DMATDLAR   0x1010u
#define V1_DMASR      0x1014u
#define V1_DMAOMR     0x1018u
#define V1_DMAIER     0x101Cu
#define V1_DMAMFBOCR  0x1020u

#define V1_MACCR_KEEP      (1u << 15) /* reserved, reads 1 */
#define V1_MACCR_100       (1u << 14)
#define V1_MACCR_ROD       (1u << 13) /* half duplex: do not hear ourselves */
#define V1_MACCR_FD        (1u << 11)
#define V1_MACCR_IPCO      (1u << 10)
#define V1_MACCR_TE        (1u << 3)
#define V1_MACCR_RE        (1u << 2)
#define V1_MACFFR_HPF      (1u << 10)
#define V1_MACFFR_HM       (1u << 2)
#define V1_MACFFR_PM       (1u << 0)
#define V1_MACFCR_PAUSE    (0x400u << 16)
#define V1_MACFCR_ZQPD     (1u << 7)
#define V1_MACFCR_RFCE     (1u << 2)
#define V1_MACFCR_TFCE     (1u << 1)
#define V1_MACVLANTR_VID   (1u << 16) /* compare the VID alone, not the priority */
#define V1_MACIMR_ALL      ((1u << 9) | (1u << 3))
#define V1_MMCRIMR_ALL     ((1u << 17) | (1u << 6) | (1u << 5))
#define V1_MMCTIMR_ALL     ((1u << 21) | (1u << 15) | (1u << 14))
#define V1_PMT_PD          (1u << 0)
#define V1_PMT_MAGIC       (1u << 1)
#define V1_PMT_MAGIC_CAME  (1u << 5)
#define V1_PMT_WAKE        (1u << 2)
#define V1_PMT_WAKE_CAME   (1u << 6)
#define V1_PMT_UNICAST     (1u << 9)
#define V1_DBG_TX_BUSY     ((1u << 25) | (1u << 24) | (1u << 22) | (3u << 20) | (3u << 17) | (1u << 16))
#define V1_DMABMR_SR       (1u << 0)
#define V1_DMABMR_CONF     ((1u << 25) | (1u << 23) | (32u << 17) | (1u << 16) | (32u << 8)) /* AAB USP RDP FB PBL */
#define V1_DMABMR_EDE      (1u << 7)
#define V1_DMAOMR_DTCEFD   (1u << 26) /* hand up frames with wrong checksums: the stack counts them */
#define V1_DMAOMR_RSF      (1u << 25)
#define V1_DMAOMR_TSF      (1u << 21)
#define V1_DMAOMR_FTF      (1u << 20)
#define V1_DMAOMR_ST       (1u << 13)
#define V1_DMAOMR_OSF      (1u << 2)
#define V1_DMAOMR_SR       (1u << 1)
#define V1_DMASR_TS        (1u << 0)
#define V1_DMASR_TBUS      (1u << 2)
#define V1_DMASR_TUS       (1u << 5)
#define V1_DMASR_RS        (1u << 6)
#define V1_DMASR_RBUS      (1u << 7)
#define V1_DMASR_FBES      (1u << 13)
#define V1_DMASR_AIS       (1u << 15)
#define V1_DMASR_NIS       (1u << 16)
#define V1_DMASR_W1C       0x0001E7FFu
#define V1_DMASR_RPS(sr)   ((sr) >> 17 & 7u)
#define V1_DMASR_TPS(sr)   ((sr) >> 20 & 7u)
#define V1_PS_STOPPED      0u
#define V1_RPS_SUSPENDED   4u
#define V1_TPS_SUSPENDED   6u
#define V1_MFC(mfbocr)     (((mfbocr) & 0xFFFFu) + ((mfbocr) >> 17 & 0x7FFu))

/* Transmit descriptor */
#define V1_TDES0_OWN       (1u << 31)
#define V1_TDES0_IC        (1u << 30)
#define V1_TDES0_LS        (1u << 29)
#define V1_TDES0_FS        (1u << 28)
#define V1_TDES0_TTSE      (1u << 25)
#define V1_TDES0_CIC_SHIFT 22
#define V1_TDES0_TCH       (1u << 20)
#define V1_TDES0_TTSS      (1u << 17)
#define V1_TDES0_BAD       ((1u << 14) | (1u << 13) | (1u << 11) | (1u << 10) | (1u << 9) | (1u << 8) | (1u << 2) | (1u << 1))

/* Receive descriptor */
#define V1_RDES0_OWN       (1u << 31)
#define V1_RDES0_FL(w)     ((w) >> 16 & 0x3FFFu)
#define V1_RDES0_VLAN      (1u << 10) /* the tag is that of MACVLANTR */
#define V1_RDES0_FS        (1u << 9)
#define V1_RDES0_LS        (1u << 8)
#define V1_RDES0_HEADER    (1u << 7) /* normal: IP header wrong; enhanced: stamped */
#define V1_RDES0_FT        (1u << 5) /* the frame has a type */
#define V1_RDES0_PAYLOAD   (1u << 0) /* normal: payload wrong; enhanced: RDES4 is valid */
#define V1_RDES0_BAD       ((1u << 14) | (1u << 11) | (1u << 6) | (1u << 4) | (1u << 3) | (1u << 1)) /* DE OE LCO RWT RE CE */
#define V1_RDES1_RCH       (1u << 14)
#define V1_RDES4_IP        ((1u << 7) | (1u << 6))
#define V1_RDES4_WRONG     ((1u << 5) | (1u << 4) | (1u << 3)) /* bypassed, payload, header */
#define V1_RDES4_PT(w)     ((w) & 7u) /* 1 UDP, 2 TCP, 3 ICMP */
/* clang-format on */

#endif
