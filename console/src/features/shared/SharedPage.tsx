import { PaperClipOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { Markdown } from '@/components/markdown/Markdown';
import { PageHeader } from '@/components/PageHeader';
import { AppearanceSwitch, LanguageSwitch } from '@/components/Switches';
import { dataOf, openEngine } from '@/lib/api';
import { useFormat } from '@/lib/format';

const route = getRouteApi('/shared/$token');

/** A conversation that its owner shared: anybody with the link may read, nobody may answer. */
export function SharedPage() {
  const { t } = useTranslation('shared');
  const { token } = route.useParams();
  const format = useFormat();
  const shared = useQuery({ queryKey: ['shared', token], queryFn: () => dataOf(openEngine.GET('/api/v1/shared/{token}', { params: { path: { token } } })) });
  return (
    <main style={{ maxWidth: 860, margin: '0 auto', padding: '24px 16px 64px' }}>
      <div style={{ textAlign: 'end' }}>
        <LanguageSwitch />
        <AppearanceSwitch />
      </div>
      {shared.isError && <ErrorState error={shared.error} />}
      {shared.isPending && <Skeleton active />}
      {shared.data !== undefined && (
        <>
          <PageHeader title={shared.data.title} description={t('lead', { agent: shared.data.agent_name ?? t('noAgent'), time: format.time(shared.data.updated_at) })} />
          {shared.data.messages.map((message, index) => (
            // A shared conversation does not change while it is read.
            <Card key={index} size="small" style={{ marginBottom: 12 }}>
              <Typography.Text type="secondary">{message.role === 'user' ? t('user') : (shared.data.agent_name ?? t('noAgent'))}</Typography.Text>
              {message.attachments.map((name, at) => (
                <Typography.Paragraph key={at} type="secondary" className="break-anywhere" style={{ marginBottom: 4 }}>
                  <PaperClipOutlined /> {name}
                </Typography.Paragraph>
              ))}
              {message.role === 'user' ? <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', marginBottom: 0 }}>{message.text}</Typography.Paragraph> : <Markdown text={message.text} />}
            </Card>
          ))}
        </>
      )}
    </main>
  );
}
