import type { z } from 'zod'

/** JSON Schema (draft 2020-12), which is what OpenAPI 3.1 speaks. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

type Reference = { $ref: string }

type Example = { summary?: string; value: unknown }
export type Examples = Record<string, Example>

type MediaType = { schema: JsonSchema; examples?: Examples }
export type Content = Record<string, MediaType>

export type Header = { description: string; schema: JsonSchema }
export type Headers = Record<string, Header | Reference>

export type Response = { description: string; headers?: Headers; content?: Content }

export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: JsonSchema
  examples?: Examples
}

export type RequestBody = { required: boolean; content: Content }

export type SecurityRequirement = Record<string, string[]>

export type OperationObject = {
  operationId: string
  summary: string
  description: string
  tags: string[]
  deprecated?: true
  security: SecurityRequirement[]
  parameters: (Parameter | Reference)[]
  requestBody?: RequestBody
  responses: Record<string, Response | Reference>
}

export type PathItem = Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', OperationObject>>

/** The part of OpenAPI 3.1 that Galley's document uses. */
export type OpenApiDocument = {
  openapi: string
  info: {
    title: string
    version: string
    summary: string
    description: string
    contact: { name: string; url: string }
    license: { name: string; identifier: string }
  }
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, PathItem>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, Response>
    parameters: Record<string, Parameter>
    headers: Record<string, Header>
    securitySchemes: Record<string, object>
  }
}

export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` })
export const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` })
export const responseRef = (name: string) => ({ $ref: `#/components/responses/${name}` })
export const parameterRef = (name: string) => ({ $ref: `#/components/parameters/${name}` })
