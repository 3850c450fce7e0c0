import { CheckCircleOutlined, CloseCircleOutlined, LoadingOutlined, PauseCircleOutlined, ToolOutlined } from '@ant-design/icons';
import { App, Button, Collapse, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { decideCall } from '../api/runs';
import type { ToolCallShown } from '../model/events';

const SIGN = {
  running: <LoadingOutlined />,
  waiting: <PauseCircleOutlined />,
  done: <CheckCircleOutlined />,
  failed: <CloseCircleOutlined />,
  declined: <CloseCircleOutlined />,
};

/** A call of a tool, folded; one that waits for a person asks. */
export function ToolCallView({ call }: { call: ToolCallShown }) {
  const { t } = useTranslation('agent');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const [deciding, setDeciding] = useState(false);
  const decide = async (approve: boolean) => {
    setDeciding(true);
    try {
      await decideCall(call.runId, call.callId, approve);
    } catch (error) {
      message.error(textOf(error));
    } finally {
      setDeciding(false);
    }
  };
  return (
    <div style={{ margin: '8px 0' }}>
      <Collapse
        size="small"
        items={[
          {
            key: 'call',
            label: (
              <Flex gap={8} align="center">
                <ToolOutlined />
                <Typography.Text strong>{call.name}</Typography.Text>
                <Typography.Text type="secondary">{t(`call.${call.status}`)}</Typography.Text>
              </Flex>
            ),
            extra: SIGN[call.status],
            children: (
              <>
                <Typography.Text type="secondary">{t('call.arguments')}</Typography.Text>
                <pre className="code-block break-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                  {JSON.stringify(call.arguments ?? {}, null, 2)}
                </pre>
                {call.content !== null && (
                  <>
                    <Typography.Text type="secondary">{t('call.result')}</Typography.Text>
                    <pre className="code-block break-anywhere" style={{ whiteSpace: 'pre-wrap', maxHeight: 320, overflow: 'auto' }}>
                      {call.content}
                    </pre>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      {call.status === 'waiting' && (
        <Flex gap={8} align="center" wrap style={{ marginTop: 8 }}>
          <Typography.Text>{t('call.ask')}</Typography.Text>
          <Button size="small" type="primary" loading={deciding} onClick={() => void decide(true)}>
            {t('call.allow')}
          </Button>
          <Button size="small" danger disabled={deciding} onClick={() => void decide(false)}>
            {t('call.decline')}
          </Button>
        </Flex>
      )}
    </div>
  );
}
