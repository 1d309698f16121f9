package io.webchat.dynamo;

import io.webchat.core.engine.direct.DeliverySuite;

/** Sending and delivery in 1:1 conversations keep their guarantees on DynamoDB. */
final class EngineDeliveryOnDynamoTest extends DeliverySuite implements DynamoEngineBackends.Factory {}
