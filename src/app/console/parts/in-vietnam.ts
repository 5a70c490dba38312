/** What a form for a day and a time has: the time is that of Vietnam, wherever the browser is. */
export const inVietnam = (local: string): string => `${local}:00+07:00`
