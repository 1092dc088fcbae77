import type { VNode } from 'preact';
import type { CropBox } from '../../src/directory/index.ts';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { FileField } from '../parts/file-field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

type Words = Text['officersCertificates'];
type PhotoWords = Text['console']['photos'];

export interface UploadPhotoPageProps {
  context: PageContext;
  csrf: string;
  asked: { holderType: string; holderCode: string; profile: string };
  megabytes: number;
  errors: Readonly<Record<string, string>>;
  /** One was kept just now. */
  isKept: boolean;
}

/** Renders the form by which a holder's photo is handed in. */
export const UploadPhotoPage = (props: UploadPhotoPageProps): VNode => {
  const { context, csrf, asked, errors } = props;
  const text = textOf(context.language);
  const words = text.officersCertificates;
  const wrong = Object.entries(errors).map(([field, sentence]) => ({ field, text: sentence }));
  return (
    <Layout context={context} title={words.photoTitle} wrong={wrong.length > 0}>
      <ErrorSummary text={text} errors={wrong} />
      <h1>{words.photoTitle}</h1>
      {props.isKept && (
        <Notice>
          <p>{words.photoKept}</p>
        </Notice>
      )}
      <p>{words.photoLead}</p>
      <form method="post" action="/console/certificates/photos" enctype="multipart/form-data">
        <Hidden values={{ csrf }} />
        <SelectField
          text={text}
          name="holderType"
          label={words.holderType}
          value={asked.holderType || '111'}
          options={Object.entries(words.holderTypes).map(([value, label]) => ({ value, label }))}
        />
        <Field
          text={text}
          name="holderCode"
          label={words.holderCode}
          value={asked.holderCode}
          error={errors['holderCode']}
          autocomplete="off"
          code
        />
        <SelectField
          text={text}
          name="profile"
          label={words.profile}
          value={asked.profile}
          options={Object.entries(text.console.photos.profiles).map(([value, label]) => ({ value, label }))}
        />
        <FileField
          text={text}
          name="file"
          label={words.file}
          hint={fill(words.fileHint, { megabytes: String(props.megabytes) })}
          error={errors['file']}
          accept="image/jpeg,image/png"
        />
        <Button>{words.upload}</Button>
      </form>
      <WaysOn context={context} back={{ href: '/console/certificates', label: words.back }} />
    </Layout>
  );
};

export interface CropPhotoPageProps {
  context: PageContext;
  csrf: string;
  /** The address of the page; it takes `crop`, `move` and `keep`. */
  path: string;
  /** The picture as it would be kept, a data address; null when none can be made. */
  picture: string | null;
  /** The part in use; null for the one chosen by machine. */
  crop: CropBox | null;
  checks: readonly {
    check: keyof PhotoWords['checks'];
    outcome: keyof Words['outcomes'];
    /** What to do about it; null when nothing is wrong. */
    message: string | null;
  }[];
}

/** Writes a box as the form carries it. */
const boxText = (crop: CropBox | null): string =>
  crop === null ? '' : [crop.left, crop.top, crop.width, crop.height].join(' ');

const Checks = ({ props, words }: { props: CropPhotoPageProps; words: Words }): VNode => {
  const photoWords = textOf(props.context.language).console.photos;
  return (
    <>
      <h2>{photoWords.checksTitle}</h2>
      <dl>
        {props.checks.map(({ check, outcome, message }) => (
          <div key={check}>
            <dt>{photoWords.checks[check]}</dt>
            <dd>{words.outcomes[outcome]}</dd>
            {message !== null && <dd class="field-error">{message}</dd>}
          </div>
        ))}
      </dl>
    </>
  );
};

/** Renders a photo as it would be kept, what was checked, and the ways to move the crop or keep it. */
export const CropPhotoPage = (props: CropPhotoPageProps): VNode => {
  const { context, csrf, path, picture, crop, checks } = props;
  const words = textOf(context.language).officersCertificates;
  const isFit = checks.every(({ outcome }) => outcome === 'passed' || outcome === 'needs-review');
  return (
    <Layout context={context} title={words.cropTitle} wrong={!isFit}>
      <h1>{words.cropTitle}</h1>
      {picture === null ? (
        <p>{words.cropNone}</p>
      ) : (
        <img class="photo" src={picture} alt={words.cropAlt} width={239} height={294} />
      )}
      <p class="hint">{words.cropHint}</p>
      <Checks props={props} words={words} />
      <form method="post" action={path}>
        <Hidden values={{ csrf, crop: boxText(crop) }} />
        {isFit && (
          <Button name="keep" value="yes">
            {words.keep}
          </Button>
        )}
        <fieldset class="apart">
          <legend>{words.adjust}</legend>
          <div class="pair">
            {Object.entries(words.moves).map(([move, label]) => (
              <Button key={move} kind="secondary" name="move" value={move}>
                {label}
              </Button>
            ))}
          </div>
        </fieldset>
      </form>
      <ActionLink href="/console/certificates/photos">{words.another}</ActionLink>
      <WaysOn context={context} back={{ href: '/console/certificates', label: words.back }} />
    </Layout>
  );
};
