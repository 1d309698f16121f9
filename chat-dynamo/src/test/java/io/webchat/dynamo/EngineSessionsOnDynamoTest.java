package io.webchat.dynamo;

import io.webchat.core.engine.direct.SessionSuite;

/** Sessions, receipts and limits keep their guarantees on DynamoDB. */
final class EngineSessionsOnDynamoTest extends SessionSuite implements DynamoEngineBackends.Factory {}
