/** "Nov 24, 10:00 – 11:00" in the zone. */
export function momentsText(from: string, to: string, zone: string, language: string): string {
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-US', { timeZone: zone, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return format.formatRange(new Date(from), new Date(to));
}
