import type { Words } from '../../domain/errors.ts'

/** What each promise of `hub verify` says, by its name in the answer for machines. */
export const verdictWords: Readonly<Record<string, Words>> = {
  'every-delivery-has-its-message': {
    vi: 'Mọi lượt gửi có bản tin của nó',
    en: 'Every delivery has its message',
  },
  'every-message-has-its-revision': {
    vi: 'Mọi bản tin có phiên bản cấu hình khi nó được nhận',
    en: 'Every message has the configuration under which it was accepted',
  },
  'no-lane-has-passed-its-dead-letter': {
    vi: 'Không hàng nào đi qua lượt đã dừng mà không có quyết định của người',
    en: 'No lane has passed its dead letter without a decision',
  },
  'one-delivery-per-message-and-system': {
    vi: 'Mỗi bản tin tới mỗi hệ thống đúng một lượt',
    en: 'One delivery for each message and system',
  },
  'lanes-are-numbered-without-gap': {
    vi: 'Hàng của mỗi hồ sơ đánh số liền nhau',
    en: 'Lanes are numbered without a gap',
  },
  'open-deliveries-have-their-body': {
    vi: 'Lượt chưa xong còn đủ nội dung',
    en: 'Open deliveries have their content',
  },
  'nothing-open-lies-behind-the-head': {
    vi: 'Không lượt nào bị bỏ quên phía sau đầu hàng',
    en: 'Nothing open is left behind the head of a lane',
  },
  'nothing-was-sent-past-an-open-one': {
    vi: 'Không lượt nào vượt lượt trước chưa xong',
    en: 'Nothing was sent past an earlier open one',
  },
  'deliveries-were-sent-in-order': {
    vi: 'Các lượt của một hồ sơ được gửi đúng thứ tự',
    en: 'Deliveries of a lane were sent in order',
  },
  'every-lane-with-work-is-woken-or-waits-for-a-person': {
    vi: 'Hàng còn việc thì được đánh thức, hoặc chờ người',
    en: 'A lane with work will be woken, or waits for a person',
  },
  'a-blocked-lane-has-what-blocks-it': {
    vi: 'Hàng bị chặn thì có lượt chặn nó ở đầu hàng',
    en: 'A blocked lane has at its head what blocks it',
  },
  'what-needs-a-person-is-listed': {
    vi: 'Lượt cần người xử lý có trong danh sách',
    en: 'What needs a person is on the list',
  },
  'every-message-goes-where-its-jobs-say': {
    vi: 'Mọi bản tin có lượt gửi tới mọi nơi cấu hình đã định',
    en: 'Every message has a delivery wherever its jobs say',
  },
  'sending-is-leased-or-will-be-found': {
    vi: 'Lượt đang gửi có tiến trình giữ, hoặc sẽ được tìm lại',
    en: 'What is being sent is held by a process, or will be found',
  },
  'a-correction-has-the-place-of-what-it-replaced': {
    vi: 'Bản sửa đứng đúng chỗ của bản gốc, bản gốc còn trong làn',
    en: 'A correction has the place of what it replaced, which is still in its lane',
  },
  'plans-count-what-they-hold': {
    vi: 'Số đếm của kế hoạch khớp với từng lượt của nó',
    en: 'Plans count what they hold',
  },
}
