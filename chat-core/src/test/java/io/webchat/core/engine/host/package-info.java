/** Tests of the access that the application itself has. */
@NullMarked
package io.webchat.core.engine.host;

import org.jspecify.annotations.NullMarked;
