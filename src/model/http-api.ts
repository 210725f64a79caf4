import type { Service } from './service';
import { Value } from './value';

/**
 * What a program or a page must know to use an API over HTTP.
 */
export interface HttpApi {
  /**
   * Where containers of the stack reach it, without a path: `http://backend:8000`. A browser cannot use it when a service of this
   * stack answers there.
   */
  readonly url: Value;

  /**
   * The service that answers.
   *
   * @default - none of this stack: it runs elsewhere
   */
  readonly provider?: Service;

  /**
   * What the paths begin with that belong to the API: `/api`, `/health`. A web server passes them on, and nothing else.
   */
  readonly prefixes: string[];

  /**
   * What the paths of its resources begin with: `/api/v1`.
   *
   * @default - the first of the prefixes
   */
  readonly basePath?: string;

  /**
   * The path that says whether it works.
   *
   * @default - none
   */
  readonly healthPath?: string;

  /**
   * The path of its OpenAPI document.
   *
   * @default - none
   */
  readonly documentPath?: string;

  /**
   * The paths of the resources that come with its sample application, so that the sample of a frontend can show them.
   *
   * @default - none
   */
  readonly sampleResources?: string[];
}

/**
 * Something that answers over HTTP: a backend of this stack, or an API elsewhere.
 */
export interface IHttpApi {
  /**
   * What a web server must know to pass requests on to it, and a page to make them.
   */
  httpApi(): HttpApi;
}
