import { ApiOutlined, CompressOutlined, ToolOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Collapse, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Step } from '../api/run';

const SIGN = { model: <ApiOutlined />, tool: <ToolOutlined />, summary: <CompressOutlined /> };
const COLOURS: Record<string, string> = { done: 'success', failed: 'error', declined: 'default', waiting: 'warning', running: 'processing', unknown: 'default' };

function Json({ title, value }: { title: string; value: unknown }) {
  return (
    <>
      <Typography.Text type="secondary">{title}</Typography.Text>
      <pre className="code-block break-anywhere" style={{ whiteSpace: 'pre-wrap', maxHeight: 360, overflow: 'auto', marginBottom: 8 }}>
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </>
  );
}

export function StepCard({ step, from, to }: { step: Step; from: number; to: number }) {
  const { t } = useTranslation('run');
  const format = useFormat();
  const tokens = step.input_tokens + step.output_tokens;
  return (
    <li>
      <div className="timeline-bar" aria-hidden>
        <span className="timeline-span" style={{ left: `${from * 100}%`, width: `${Math.max(0, to - from) * 100}%` }} />
      </div>
      <Collapse
        size="small"
        items={[
          {
            key: 'step',
            label: (
              <Flex gap={8} align="center" wrap>
                {SIGN[step.kind]}
                <Typography.Text strong className="break-anywhere">
                  {step.number}. {step.name}
                </Typography.Text>
                <Tag>{t(`kind.${step.kind}`)}</Tag>
                <Tag color={COLOURS[step.status] ?? 'default'}>{t(`step.${step.status}`)}</Tag>
                <Typography.Text type="secondary" className="numbers">
                  {format.milliseconds(step.duration_ms)}
                  {tokens > 0 && ` · ${t('tokenCount', { count: tokens, shown: format.count(tokens) })}`}
                  {step.cost !== null && ` · ${format.money(step.cost, step.currency)}`}
                </Typography.Text>
              </Flex>
            ),
            children: (
              <>
                {step.error !== null && <Json title={t('error')} value={`${step.error.code}\n${step.error.message}`} />}
                {step.input !== null && <Json title={t('input')} value={step.input} />}
                {step.output !== null && <Json title={t('output')} value={step.kind === 'summary' ? step.output['text'] : step.output} />}
                {step.child_run_id !== null && (
                  <Link to="/runs/$id" params={{ id: step.child_run_id }}>
                    {t('childRun')}
                  </Link>
                )}
                {step.request_id !== null && (
                  <Typography.Text type="secondary" copyable={{ text: step.request_id }}>
                    {t('requestId', { id: step.request_id })}
                  </Typography.Text>
                )}
              </>
            ),
          },
        ]}
      />
    </li>
  );
}
