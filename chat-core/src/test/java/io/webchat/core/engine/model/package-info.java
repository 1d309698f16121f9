/** Random runs of the whole engine, whose outcome a model predicts. */
@NullMarked
package io.webchat.core.engine.model;

import org.jspecify.annotations.NullMarked;
