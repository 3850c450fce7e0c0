import { Alert, Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/lib/errors';

/** What went wrong, in the language of the page where the code is known, else in the server's words. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return (thrown) => {
    const error = asApiError(thrown);
    return i18n.exists(`errors:${error.code}`) ? t(error.code, { ...error.details, param: error.param ?? '', seconds: error.retryAfter ?? '' }) : error.message;
  };
}

/** In place of what could not be loaded: what happened, what to do, and the id to give to an administrator. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const known: ApiError = asApiError(error);
  return (
    <Alert
      type="error"
      showIcon
      title={textOf(known)}
      description={
        known.requestId !== null && (
          <Typography.Text type="secondary" className="break-anywhere">
            {t('error.requestId', { id: known.requestId })}
          </Typography.Text>
        )
      }
      action={
        retry !== undefined && (
          <Button size="small" onClick={retry}>
            {t('action.retry')}
          </Button>
        )
      }
    />
  );
}
