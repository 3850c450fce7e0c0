import { Descriptions, Tabs, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { baseUrlHere, SNIPPETS, type Call } from '@/lib/snippets';
import { CopyButton } from './CopyButton';
import './Snippets.css';

/** How to call a model from elsewhere, to copy and paste; address and model are filled in. */
export function Snippets({ apiKey, model }: { apiKey: string; model: string }) {
  const call: Call = { baseUrl: baseUrlHere(), key: apiKey, model };
  return (
    <Tabs
      size="small"
      items={[
        ...SNIPPETS.map(({ key, label, write }) => ({ key, label, children: <Code text={write(call)} /> })),
        { key: 'cherry', label: 'Cherry Studio', children: <CherryStudio call={call} /> },
      ]}
    />
  );
}

function Code({ text }: { text: string }) {
  return (
    <div className="snippet">
      <div className="snippet-copy">
        <CopyButton text={text} />
      </div>
      {/* A keyboard has to be able to scroll it. */}
      <pre className="code-block" tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}

/** A program with a form instead of code: what goes into which field. */
function CherryStudio({ call }: { call: Call }) {
  const { t } = useTranslation('snippets');
  // Cherry Studio adds /v1 by itself.
  const host = call.baseUrl.replace(/\/v1$/, '');
  const field = (label: string, value: string) => ({
    key: label,
    label,
    children: (
      <span className="snippet-field">
        <Typography.Text code className="break-anywhere">
          {value}
        </Typography.Text>
        <CopyButton text={value} />
      </span>
    ),
  });
  return (
    <>
      <Typography.Paragraph type="secondary">{t('cherrySteps')}</Typography.Paragraph>
      <Descriptions bordered size="small" column={1} items={[field(t('apiHost'), host), field(t('apiKey'), call.key), field(t('model'), call.model)]} />
    </>
  );
}
