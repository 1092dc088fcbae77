import type { Context } from 'koa';
import { PhotoPage } from '../../../views/console/photo.tsx';
import { PhotoQueuePage } from '../../../views/console/photos.tsx';
import { AppError } from '../../base/error.ts';
import type { Person } from '../../consent/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { afterOf, parameter } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const listPath = '/console/photos';
const pathOf = (photoId: string): string => `${listPath}/${photoId}`;

/** Lists the photos that wait, without opening any. */
const showQueue: ConsolePage = async (ctx, deps) => {
  const { photos, next } = await deps.photos.listForReview(afterOf(ctx));
  showPage(ctx, deps, (context) => (
    <PhotoQueuePage
      context={context}
      photos={photos.map(({ photoId, createdAt, profileId }) => ({
        href: pathOf(photoId),
        createdAt,
        profile: profileId,
      }))}
      nextHref={next === null ? null : `${listPath}?after=${encodeURIComponent(next)}`}
    />
  ));
};

/** Finds a photo that waits. Throws photo-missing, photo-already-reviewed. */
const findWaiting = async ({ photos }: ConsoleDeps, photoId: string) => {
  const photo = await photos.findPhoto(photoId);
  if (photo === null) throw new AppError('photo-missing');
  if (photo.review.state !== 'pending') throw new AppError('photo-already-reviewed');
  return photo;
};

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const photo = await findWaiting(deps, parameter(ctx, 'id'));
  const path = pathOf(photo.photoId);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <PhotoPage
      context={context}
      path={path}
      csrf={visit.csrf}
      pictureHref={`${path}/picture`}
      createdAt={photo.createdAt}
      profile={photo.profileId}
      verdicts={photo.verdicts}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Names the holder of a photo as the ledger does: an account, or the index of a holder who has none. */
const personOf = async ({ identity }: ConsoleDeps, holderId: string): Promise<Person> =>
  (await identity.findAccount(holderId)) === null ? { holderIndex: holderId } : { accountId: holderId };

/** Hands out the watermarked picture; that it was looked at stands in its person's ledger before. */
const showPicture: ConsolePage = async (ctx, deps, { officerId }) => {
  const { photoId, holderId } = await findWaiting(deps, parameter(ctx, 'id'));
  ctx.body = await deps.consent.withAccess(
    {
      person: await personOf(deps, holderId),
      reader: {
        kind: 'officer',
        id: officerId,
        name: { zh: '证照照片审核人员', en: 'Photo review officer' },
      },
      what: { fields: ['photo'] },
      cause: { purpose: '证照照片审核' },
      // 国务院令第716号 article 10, as read: certificates are made to national standards before they are shared.
      basis: { kind: 'law', law: '国务院关于在线政务服务的若干规定', article: '第十条' },
      channel: 'console',
    },
    () => deps.photos.openForReview({ photoId, reviewer: officerId }),
  );
  ctx.type = 'image/jpeg';
};

/** Accepts a photo or refuses it for a reason. */
const reviewPhoto: ConsolePage = async (ctx, deps, visit) => {
  const [photoId, reviewer] = [parameter(ctx, 'id'), visit.officerId];
  const decision = field(ctx, 'decision');
  if (decision === 'accept') await deps.photos.acceptPhoto({ photoId, reviewer });
  else if (decision === 'refuse')
    try {
      await deps.photos.refusePhoto({ photoId, reviewer, reason: field(ctx, 'reason') });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'photo-refusal-reason') throw error;
      return draw(ctx, deps, visit, error);
    }
  else throw new AppError('body-malformed');
  seeOther(ctx, listPath);
};

/** The part of the console where photos are accepted or refused. */
export const photosSection: Section = {
  name: 'photos',
  path: '/photos',
  permission: { act: 'photos.review', within: 'instance' },
  routes: [
    { method: 'get', path: '/photos', page: showQueue },
    { method: 'get', path: '/photos/:id', page: (ctx, deps, visit) => draw(ctx, deps, visit) },
    { method: 'get', path: '/photos/:id/picture', page: showPicture },
    { method: 'post', path: '/photos/:id', page: reviewPhoto },
  ],
};
