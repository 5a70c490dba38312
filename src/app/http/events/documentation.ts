/** What the OpenAPI document says about the intake; kept apart from the code that runs. */
import type { Words } from '../../../domain/errors.ts'
import { type JsonSchema, listOf, ref, text } from '../schemas/shape.ts'
import { batchType, structuredType } from './media-type.ts'

export const eventBodies: Readonly<Record<string, JsonSchema>> = {
  [structuredType]: ref('CloudEvent'),
  [batchType]: listOf(['Lô bản tin / Batch'], ref('CloudEvent'), { maxItems: 1000 }),
  'application/json': {
    title: 'Dữ liệu ở chế độ binary / Data in binary mode',
    description:
      'Chỉ phần data; các thuộc tính nằm ở tiêu đề ce-*, ký tự ngoài ASCII mã hoá phần trăm theo UTF-8. / The data alone; the attributes are ce-* headers, other than ASCII percent-encoded as UTF-8.',
  },
}

const header = (title: string): JsonSchema => text([title])

export const eventHeaders: Readonly<Record<string, JsonSchema>> = {
  'ce-specversion': header('Phiên bản CloudEvents / Spec version'),
  'ce-id': header('Mã sự kiện / Event id'),
  'ce-source': header('Nguồn / Source'),
  'ce-type': header('Loại bản tin / Type'),
  'ce-subject': header('Chủ đề / Subject'),
  'ce-time': header('Thời điểm phát sinh / Time'),
  'ce-dataschema': header('Lược đồ dữ liệu / Data schema'),
}

export const intakeDescription: Words = {
  vi: [
    'Nhận sự kiện CloudEvents 1.0: từng bản tin (structured), theo lô (batch, tối đa 1.000 bản tin) hoặc binary (tiêu đề ce-*). Tối đa 5 MB mỗi yêu cầu, không nén.',
    'Câu trả lời 202 chỉ được gửi khi bản tin đã nằm bền vững trong cơ sở dữ liệu. Gửi lại y nguyên là vô hại: câu trả lời 200 mang biên nhận đầu tiên với duplicate = true. Cùng nguồn và mã sự kiện nhưng nội dung khác là lỗi message-conflict.',
    'Với lô: 202 khi mọi bản tin đều đã nằm trong liên thông và có ít nhất một bản tin mới; 200 trong các trường hợp còn lại. Luôn xem kết quả của từng bản tin. Lô không phải mảng JSON thì cả lô bị từ chối; lỗi trong một bản tin không ảnh hưởng bản tin khác.',
    'Thuộc tính mở rộng được giữ nguyên ở chế độ structured; ở chế độ binary chúng bị từ chối (trừ traceparent, tracestate) để không mất lặng lẽ.',
  ].join('\n\n'),
  en: [
    'Takes CloudEvents 1.0: one event (structured), a batch of at most 1,000, or binary mode (ce-* headers). At most 5 MB a request, not compressed.',
    '202 is sent only after the message is durable in the database. A repeat does no harm: 200 carries the first receipt with duplicate = true. The same source and id with other content is message-conflict.',
    'A batch answers 202 when every item is in the keeping of the hub and at least one is new, else 200. Always read the result of each item. What is no JSON array is refused whole; a fault in one item never fails its neighbours.',
    'Extension attributes are kept in structured mode; in binary mode they are refused (but traceparent and tracestate), so that none is lost silently.',
  ].join('\n\n'),
}

export const intakeExample = `curl "$HUB/api/v1/messages" \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/cloudevents+json" \\
  -d '{
    "specversion": "1.0",
    "id": "7c1f0e52-0001",
    "source": "urn:h99:mot-cua",
    "type": "vn.tthc.dossier.progressed.v1",
    "subject": "H99.14-261122-0001",
    "time": "2026-11-22T08:30:00+07:00",
    "datacontenttype": "application/json",
    "data": {
      "code": "H99.14-261122-0001",
      "steps": [{
        "officer": "Lê Văn Mẫu",
        "at": "2026-11-22T08:30:00+07:00",
        "content": "Chuyển công chức thụ lý",
        "status": "processing"
      }]
    }
  }'`
