package io.webchat.dynamo;

import io.webchat.core.engine.model.ModelSuite;
import org.junit.jupiter.api.Tag;

/** Random runs keep all guarantees over a call log on DynamoDB. */
@Tag("full")
final class EngineModelOnDynamoTest extends ModelSuite implements DynamoEngineBackends.Factory {}
