/**
 * The page behind a one-time link: sets a password, and loads nothing else. The token stands behind the # of its
 * address, so it reaches the hub in the body of one request and no log.
 */
import { createHash } from 'node:crypto'

const script = `
const byId = (id) => document.getElementById(id)
const say = (text, good) => {
  byId('said').textContent = text
  byId('said').className = good ? 'good' : 'bad'
}
byId('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const [password, again] = [byId('password').value, byId('again').value]
  if (password !== again) return say('Hai lần nhập không giống nhau. / The two are not the same.', false)
  byId('send').disabled = true
  try {
    const response = await fetch('/api/v1/set-up', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': 'vi', 'Hub-Console': '1' },
      body: JSON.stringify({ token: location.hash.slice(1), password }),
    })
    const answer = await response.json()
    if (response.ok) {
      history.replaceState(null, '', location.pathname)
      byId('form').hidden = true
      return say('Đã đặt mật khẩu của ' + answer.name + '. / The password is set.', true)
    }
    const faults = (answer.errors || []).map((fault) => fault.message)
    say([answer.title, answer.detail, ...faults].filter(Boolean).join(' '), false)
  } catch {
    say('Không liên lạc được với liên thông; thử lại. / The hub does not answer; try again.', false)
  }
  byId('send').disabled = false
})
`

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
label { display: block; margin-top: 1rem } small { display: block; opacity: .8 }
input { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit }
button { margin-top: 1.5rem; padding: .5rem 1.5rem; font: inherit }
.bad { color: #b00020 } .good { color: #0a7a33 }
@media (prefers-color-scheme: dark) { .bad { color: #ff8a95 } .good { color: #6fdc93 } }
`

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export const setUpPolicy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export const setUpPage = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Đặt mật khẩu – Liên thông</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Đặt mật khẩu</h1>
<p>Đường dẫn này dùng được một lần. <small lang="en">This link is good once.</small></p>
<form id="form">
<label for="password">Mật khẩu mới <small>Từ 15 ký tự, không dễ đoán: một câu vài từ là tốt. / <span lang="en">15 characters or more, not easy to guess.</span></small></label>
<input id="password" type="password" autocomplete="new-password" minlength="15" required>
<label for="again">Nhập lại <small lang="en">Once more</small></label>
<input id="again" type="password" autocomplete="new-password" required>
<button id="send">Đặt mật khẩu</button>
</form>
<p id="said" role="status"></p>
<noscript>Trang này cần JavaScript. Cách khác: POST /api/v1/set-up (xem /docs).</noscript>
</main>
<script>${script}</script>
</body>
</html>
`
