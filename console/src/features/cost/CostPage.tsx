import { DownloadOutlined } from '@ant-design/icons';
import { getRouteApi, Link } from '@tanstack/react-router';
import { App, Button, Dropdown, Skeleton } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { LostUsage } from '@/components/LostUsage';
import { PageHeader } from '@/components/PageHeader';
import { cleaned } from '@/lib/cleaned';
import { download } from '@/lib/download';
import { isLost } from '@/lib/query';
import { useUsageReport, type UsageLine } from '@/lib/usageReport';
import { CostChart } from './components/CostChart';
import { CostTable } from './components/CostTable';
import { Filters } from './components/Filters';
import { Totals } from './components/Totals';
import { deeper, subjectOf } from './drill';
import { exportPath, questionOf } from './question';
import type { CostSearch } from './search';
import './components/cost.css';

const route = getRouteApi('/app/admin/usage');

/** What was used and what it cost, by whatever one asks for. */
export function CostPage() {
  const { t, i18n } = useTranslation('cost');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const question = questionOf(search);
  const by = question.group_by;
  const report = useUsageReport(question);
  const [saving, setSaving] = useState(false);

  const go = (next: CostSearch, replace: boolean) => void navigate({ search: (before) => cleaned({ ...before, ...next }), replace });
  const goDeeper = (line: UsageLine) => {
    const next = deeper(line, by);
    if (next !== null) {
      go(next, false);
    }
  };
  const { language } = i18n;
  const nameOf = useCallback(
    (line: UsageLine) => {
      const { id, name } = subjectOf(line, by);
      if (by === 'hour' && id !== null) {
        return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-US', { timeZone: question.tz, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(id));
      }
      return name ?? (id === null ? t(by === 'key' ? 'noKey' : 'nobody') : t('gone'));
    },
    [by, language, question.tz, t],
  );
  const save = async (format: 'csv' | 'json') => {
    setSaving(true);
    try {
      await download(exportPath(question, format), `jarvis-usage-${question.from.slice(0, 10)}-${by}.${format}`, format === 'csv' ? 'text/csv' : 'application/json');
    } catch (error) {
      message.error(textOf(error));
    } finally {
      setSaving(false);
    }
  };
  const { model, provider, user_id, team_id, caller_key_id, provider_key_id, range, from, to, tz } = search;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <>
            <Link to="/admin/calls" search={cleaned({ model, provider, user_id, team_id, caller_key_id, provider_key_id, range, from, to, tz })}>
              {t('calls')}
            </Link>
            <Dropdown trigger={['click']} menu={{ items: (['csv', 'json'] as const).map((key) => ({ key, label: key.toUpperCase() })), onClick: ({ key }) => void save(key as 'csv' | 'json') }}>
              <Button icon={<DownloadOutlined />} loading={saving}>
                {t('export')}
              </Button>
            </Dropdown>
          </>
        }
      />
      <Filters search={search} show={(next) => go(next, true)} />
      <LostUsage from={question.from} zone={question.tz} />
      {isLost(report) && <ErrorState error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {report.data !== undefined && (
        <>
          <Totals report={report.data} />
          {report.data.data.length > 0 && report.data.group_by[0] === by && <CostChart lines={report.data.data} by={by} currency={search.currency ?? 'USD'} nameOf={nameOf} onPick={goDeeper} />}
          <CostTable lines={report.data.group_by[0] === by ? report.data.data : []} by={by} nameOf={nameOf} onDeeper={goDeeper} />
        </>
      )}
    </>
  );
}
