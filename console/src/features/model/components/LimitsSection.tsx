import { Col, Row } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormSection } from './FormSection';
import { TokensItem } from './ParametersSection';

/** How fast the model may be called, by everybody together. */
export function LimitsSection() {
  const { t } = useTranslation('model');
  return (
    <FormSection id="limits" title={t('form.limits')} description={t('form.limitsText')}>
      <Row gutter={[16, 16]}>
        <Col xs={24} md={12}>
          <TokensItem name="rpm_limit" label={t('form.rpm')} help={t('form.rpmHelp')} />
        </Col>
        <Col xs={24} md={12}>
          <TokensItem name="tpm_limit" label={t('form.tpm')} help={t('form.tpmHelp')} />
        </Col>
      </Row>
    </FormSection>
  );
}
