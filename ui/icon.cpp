// See icon.h.
#include "ui/icon.h"

#include "ui/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace weir::ui {
namespace {

class ThemedIcon final : public QIconEngine {
public:
    explicit ThemedIcon(QString name) : name_(std::move(name)) {
        QFile file(QStringLiteral(":/icons/") + name_ + QStringLiteral(".svg"));
        if (file.open(QIODevice::ReadOnly)) svg_ = file.readAll();
    }
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        painter->drawPixmap(rect, scaledPixmap(rect.size() * painter->device()->devicePixelRatioF(), mode, state, 1));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override {
        const Theme& t = Theme::current();
        const QColor color = mode == QIcon::Disabled ? t.rule : state == QIcon::On ? t.accent : t.secondary;
        const QString key =
            name_ + color.name() + QString::number(size.width()) + u'x' + QString::number(size.height());
        QPixmap result;
        if (QPixmapCache::find(key, &result)) return result;
        QByteArray svg = svg_;
        QSvgRenderer renderer(svg.replace("currentColor", color.name().toLatin1()));
        result = QPixmap(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        renderer.render(&painter);
        QPixmapCache::insert(key, result);
        return result;
    }
    QIconEngine* clone() const override { return new ThemedIcon(*this); }

private:
    QString name_;
    QByteArray svg_;
};

}  // namespace

QIcon icon(const QString& name) { return QIcon(new ThemedIcon(name)); }

}  // namespace weir::ui
