package io.webchat.dynamo;

import io.webchat.core.engine.model.ModelSuite;

/** Random runs keep all guarantees on DynamoDB. */
final class EngineModelOnDynamoTest extends ModelSuite implements DynamoEngineBackends.Factory {}
